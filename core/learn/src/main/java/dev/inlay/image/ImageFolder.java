package dev.inlay.image;

import dev.inlay.InlayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a folder and their extensions. */
public final class ImageFolder {

  /** The extensions of image files, in lower case. */
  public static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff");

  private ImageFolder() {}

  /**
   * Whether a file name has one of these extensions. Hidden files, such as "._0001.png", have none.
   */
  public static boolean ends(String name, Set<String> endings) {
    int dot = name.lastIndexOf('.');
    return dot > 0
        && !name.startsWith(".")
        && endings.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /**
   * The files of a folder, sorted.
   *
   * @throws InlayException if the folder cannot be listed
   */
  public static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InlayException(
          "%s cannot be listed (%s). Check its permissions.".formatted(folder, e.getMessage()), e);
    }
  }
}
