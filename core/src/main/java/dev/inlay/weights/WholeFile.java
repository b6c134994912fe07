package dev.inlay.weights;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file so that it is there whole or not at all: beside its place first, then moved. */
final class WholeFile {
  private WholeFile() {}

  /** Writes the content, from the first byte to the last. */
  interface Content {
    void writeTo(FileChannel file) throws IOException;
  }

  /**
   * Writes a file, replacing the one that may be there. If anything fails, nothing has changed.
   *
   * @throws InlayException if the folder is missing, the path is a folder, or the system refuses
   */
  static void write(Path path, Content content) {
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (Files.isDirectory(path) || folder == null) {
      throw new InlayException(
          path + " is a folder, so no file can be saved under that name. Give a file name in it.");
    }
    if (!Files.isDirectory(folder)) {
      throw new InlayException(
          "%s cannot be saved: %s is no folder. Create it, or save elsewhere."
              .formatted(path, folder));
    }
    try {
      // A link stays a link: what it points to is replaced.
      Path place = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      Path draft = place.resolveSibling(".inlay-" + UUID.randomUUID() + ".tmp");
      try {
        try (FileChannel file =
            FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
          content.writeTo(file);
          file.force(true);
        }
        move(draft, place);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new InlayException(
          ("%s could not be saved: %s. "
                  + "Check the space and your permissions in %s, or save elsewhere.")
              .formatted(path, Text.reason(e), folder),
          e);
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
