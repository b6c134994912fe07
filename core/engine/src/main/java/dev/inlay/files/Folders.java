package dev.inlay.files;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Creates and checks folders for output files. */
public final class Folders {

  private Folders() {}

  /**
   * Creates a folder and its parents, if they are missing.
   *
   * @throws InlayException if the path or a parent is a file, or permission is denied
   */
  public static void make(Path folder) {
    check(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InlayException(
          "The folder %s cannot be made (%s). Check who may write there."
              .formatted(folder, Reason.of(e)),
          e);
    }
  }

  /**
   * Checks that files can be written to an existing or future folder, without changes on the disk.
   * Long commands call it before they begin.
   *
   * @throws InlayException if the path or a parent is a file, or permission is denied
   */
  public static void check(Path folder) {
    for (Path each = folder.toAbsolutePath(); each != null; each = each.getParent()) {
      if (Files.exists(each)) {
        if (!Files.isDirectory(each)) {
          throw new InlayException(
              "%s is a file, but a folder is needed there. Name another place.".formatted(each));
        }
        if (!Files.isWritable(each)) {
          throw new InlayException(
              "The folder %s may not be written to. Check who may write there, or name another place."
                  .formatted(each));
        }
        return;
      }
    }
  }
}
