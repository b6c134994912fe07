package dev.inlay.data;

import dev.inlay.InlayException;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A file that appears whole or not at all: it is written beside its place and then moved there. */
public final class NewFile {
  /** Writes what the file is to hold. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private NewFile() {}

  /**
   * Writes a file, replacing one that is there, and makes the folders that it lies in.
   *
   * @throws InlayException if the place cannot be written to; an older file is then as it was
   */
  public static void write(Path file, Content content) {
    Path place = file.toAbsolutePath();
    if (Files.isDirectory(place)) {
      throw new InlayException(
          "%s is a folder, but a file is to be written there. Name a file.".formatted(file));
    }
    Path folder = place.getParent();
    if (folder == null) {
      throw new InlayException("%s is no place for a file. Name one in a folder.".formatted(file));
    }
    makeFolder(folder);
    Path beside =
        folder.resolve("." + place.getFileName() + ".part" + ProcessHandle.current().pid());
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside))) {
        content.writeTo(out);
      }
      move(beside, place);
    } catch (IOException e) {
      throw new InlayException(
          "%s cannot be written (%s). Check who may write there and how much room is left."
              .formatted(file, reason(e)),
          e);
    } finally {
      remove(beside);
    }
  }

  /**
   * Writes a picture as PNG, replacing a file that is there.
   *
   * @throws InlayException if the place cannot be written to; an older file is then as it was
   */
  public static void writePng(Path file, BufferedImage picture) {
    write(
        file,
        out -> {
          try (var stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(picture, "png", stream);
          }
        });
  }

  /**
   * Makes a folder and those that it lies in, unless they are there.
   *
   * @throws InlayException if a file is in the way or nobody may write there
   */
  public static void makeFolder(Path folder) {
    checkFolder(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InlayException(
          "The folder %s cannot be made (%s). Check who may write there."
              .formatted(folder, reason(e)),
          e);
    }
  }

  /**
   * Looks whether files can be written to a folder that may be yet to make, and changes nothing: a
   * long piece of work asks before it begins.
   *
   * @throws InlayException if a file is in the way or nobody may write there
   */
  public static void checkFolder(Path folder) {
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

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void remove(Path beside) {
    try {
      Files.deleteIfExists(beside);
    } catch (IOException e) {
      // It could not be made, or lies where nothing can be removed; the first error says so.
    }
  }

  /** An exception that names only a file says what is wrong by its class. */
  private static String reason(IOException e) {
    if (e instanceof FileSystemException at) {
      String reason = at.getReason();
      return reason != null ? reason : e.getClass().getSimpleName().replace("Exception", "");
    }
    return String.valueOf(e.getMessage());
  }
}
