package dev.inlay.files;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.UUID;

/**
 * Writes files atomically: into a temporary file in the same folder, which is then moved. If
 * writing fails, nothing changes. A symbolic link is kept, and its target is replaced.
 */
public final class WholeFile {

  private WholeFile() {}

  /** The content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the content into an empty file, in any order. {@link FileChannel#force} ensures that
     * it is on the disk before the move.
     */
    void writeTo(FileChannel file) throws IOException;
  }

  /**
   * Writes or replaces a file in an existing folder.
   *
   * @throws InlayException if the folder is missing, the path is a folder, or the system refuses
   */
  public static void write(Path path, Content content) {
    Path folder = folder(path);
    if (!Files.isDirectory(folder)) {
      throw new InlayException(
          "%s cannot be saved: %s is no folder. Create it, or save elsewhere."
              .formatted(path, folder));
    }
    writeInto(folder, path, content);
    force(folder);
  }

  /**
   * Writes or replaces a file and creates missing folders.
   *
   * @throws InlayException if a folder cannot be made, the path is a folder, or the system refuses
   */
  public static void writeWithFolders(Path path, Content content) {
    Path folder = folder(path);
    if (!Files.isDirectory(folder)) {
      Folders.make(folder);
    }
    writeInto(folder, path, content);
  }

  /**
   * Writes or replaces a text file in UTF-8 and creates missing folders.
   *
   * @throws InlayException if a folder cannot be made, the path is a folder, or the system refuses
   */
  public static void writeText(Path path, String text) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    writeWithFolders(
        path,
        file -> {
          while (bytes.hasRemaining()) {
            file.write(bytes);
          }
        });
  }

  private static Path folder(Path path) {
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (Files.isDirectory(path) || folder == null) {
      throw new InlayException(
          path + " is a folder, so no file can be saved under that name. Give a file name in it.");
    }
    return folder;
  }

  private static void writeInto(Path folder, Path path, Content content) {
    try {
      Path place = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      Path draft = place.resolveSibling(".inlay-" + UUID.randomUUID() + ".tmp");
      try {
        try (FileChannel file =
            FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          content.writeTo(file);
        }
        keepMode(place, draft);
        move(draft, place);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new InlayException(
          ("%s could not be saved: %s. "
                  + "Check the space and your permissions in %s, or save elsewhere.")
              .formatted(path, Reason.of(e), folder),
          e);
    }
  }

  /** A file that is replaced keeps its permissions: of a shared folder, others read it, too. */
  private static void keepMode(Path old, Path draft) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(old, PosixFileAttributeView.class);
    if (view != null && Files.exists(old)) {
      Files.setPosixFilePermissions(draft, view.readAttributes().permissions());
    }
  }

  /** Makes sure that the new name is on the disk, where the system can do so with a folder. */
  private static void force(Path folder) {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      // The file is there; a system that does not open folders keeps their names by itself.
    }
  }

  private static void move(Path draft, Path place) throws IOException {
    try {
      Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(draft, place, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
