package dev.inlay.image;

import dev.inlay.InlayException;
import dev.inlay.files.Reason;
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
      Set.of("jpg", "jpeg", "jfif", "jpe", "png", "bmp", "gif", "tif", "tiff");

  /** The extensions in a message, one for each format. */
  public static final String KINDS = "jpg, png, bmp, gif, tif";

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
   * The files of a folder, sorted; links to nothing are among them.
   *
   * @throws InlayException if the folder cannot be listed
   */
  public static List<Path> files(Path folder) {
    return entries(folder).stream()
        .filter(file -> Files.isRegularFile(file) || !Files.exists(file))
        .toList();
  }

  /** All that lies in a folder, sorted. */
  static List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw refused(folder, e);
    } catch (UncheckedIOException e) {
      throw refused(folder, new IOException(e.getMessage(), e));
    }
  }

  private static InlayException refused(Path folder, IOException reason) {
    return new InlayException(
        "%s cannot be listed (%s). Check its permissions.".formatted(folder, Reason.of(reason)),
        reason);
  }
}
