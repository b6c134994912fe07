package dev.inlay.train.run;

import dev.inlay.InlayException;
import dev.inlay.files.Folders;
import dev.inlay.files.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one training. While it is open, no other training enters it; the lock of a process
 * that was killed ends with the process.
 */
public final class RunFolder implements AutoCloseable {

  /** The file name of the configuration. */
  public static final String CONFIG = "run.yaml";

  /** The file name of the state from which the training is resumed. */
  public static final String STATE = "state.safetensors";

  /** The file name of the state saved before the last one. */
  public static final String EARLIER_STATE = "state-earlier.safetensors";

  /** The file name of the log. */
  public static final String LOG = "log.jsonl";

  /** The file name of the model with the best score. */
  public static final String BEST = "best.safetensors";

  /** The file name of the model after the last scoring. */
  public static final String LAST = "last.safetensors";

  private static final String LOCK = "run.lock";

  /** What marks a folder as that of a training. */
  private static final List<String> OF_A_RUN =
      List.of(
          CONFIG,
          STATE,
          EARLIER_STATE,
          LOG,
          BEST,
          LAST,
          "history.csv",
          "curves.png",
          "report.html");

  private final Path folder;
  private final FileChannel channel;
  private final boolean made;

  private RunFolder(Path folder, FileChannel channel, boolean made) {
    this.folder = folder;
    this.channel = channel;
    this.made = made;
  }

  /**
   * Requires that a folder has no training.
   *
   * @throws InlayException if it has one
   */
  public static void requireFree(Path folder) {
    for (String name : OF_A_RUN) {
      if (Files.exists(folder.resolve(name))) {
        String wayOut =
            Files.exists(folder.resolve(STATE)) || Files.exists(folder.resolve(EARLIER_STATE))
                ? "Go on with it by --resume %s, replace it with --overwrite, or name another folder."
                    .formatted(folder)
                : "Replace it with --overwrite, or name another folder.";
        throw new InlayException(
            "The folder %s has a training already: %s. %s".formatted(folder, name, wayOut));
      }
    }
  }

  /**
   * Opens a folder for a new training, and creates it if it is missing.
   *
   * @param overwrite whether the files of an earlier training are deleted; other files stay
   * @throws InlayException if the folder has a training, another one runs in it, or it may not be
   *     written to
   */
  public static RunFolder begin(Path folder, boolean overwrite) {
    if (!overwrite) {
      requireFree(folder);
    }
    boolean made = !Files.exists(folder);
    Folders.make(folder);
    RunFolder opened = new RunFolder(folder, locked(folder), made);
    try {
      opened.empty();
    } catch (IOException e) {
      opened.close();
      throw new InlayException(
          "The training in %s can't be replaced (%s). Check who may write there, or name another folder."
              .formatted(folder, Reason.of(e)),
          e);
    }
    return opened;
  }

  /**
   * Requires that a folder has a training that can be resumed.
   *
   * @throws InlayException if it has none
   */
  public static void requireTraining(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InlayException(
          "--resume is %s, which is no folder. Give the folder of a training, its --out."
              .formatted(folder));
    }
    if (!Files.exists(folder.resolve(CONFIG))) {
      throw new InlayException(
          "--resume is %s, which has no %s, so no training can go on there. Give the folder of a training, its --out."
              .formatted(folder, CONFIG));
    }
  }

  /**
   * Opens the folder of a training that is to be resumed.
   *
   * @throws InlayException if it has no training, or another one runs in it
   */
  public static RunFolder resume(Path folder) {
    requireTraining(folder);
    return new RunFolder(folder, locked(folder), false);
  }

  private static FileChannel locked(Path folder) {
    Path file = folder.resolve(LOCK);
    @Nullable FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
      channel.close();
    } catch (OverlappingFileLockException e) {
      closeQuietly(channel);
    } catch (IOException e) {
      closeQuietly(channel);
      throw new InlayException(
          "%s can't be locked (%s). Train into a folder of a local disk."
              .formatted(file, Reason.of(e)),
          e);
    }
    throw new InlayException(
        "Another training runs in %s. Wait for its end, or name another folder.".formatted(folder));
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The message about the lock is the one that counts.
    }
  }

  /** The folder's path. */
  public Path path() {
    return folder;
  }

  /** The path of a file of the training. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  private void empty() throws IOException {
    for (String name : OF_A_RUN) {
      Files.deleteIfExists(file(name));
    }
  }

  /** Deletes a training that failed before its first iteration, with a folder made for it. */
  public void discard() {
    close();
    try {
      empty();
      if (made) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      // The failure of the training is what is told; the folder only has more in it.
    }
  }

  /** Gives the folder free. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file(LOCK));
    } catch (IOException e) {
      // An empty file without a lock hinders nobody.
    }
    closeQuietly(channel);
  }
}
