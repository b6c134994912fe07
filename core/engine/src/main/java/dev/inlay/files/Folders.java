package dev.inlay.files;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Creates and checks folders for output files. */
public final class Folders {

  private Folders() {}

  /**
   * Makes a folder and those that it lies in, unless they are there.
   *
   * @throws InlayException if a file is in the way or the folder may not be written to
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
   * Looks whether files can be written to a folder that may be yet to make, and changes nothing: a
   * long piece of work asks before it begins.
   *
   * @throws InlayException if a file is in the way or the folder may not be written to
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
