package dev.inlay.cli.score;

import dev.inlay.InlayException;
import dev.inlay.image.ImageFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An image to segment and where its results go.
 *
 * @param labels the label map's file
 * @param overlay the picture's file
 */
record Target(Path image, Path labels, Path overlay) {

  /**
   * Finds the images, those of a folder among them, and gives each its own results: where two have
   * one name, the later one's gets a number.
   *
   * @throws InlayException if a folder holds no image, or a result would replace an image
   */
  static List<Target> of(List<Path> images, Path out) {
    List<Path> files = new ArrayList<>();
    for (Path image : images) {
      if (Files.isDirectory(image)) {
        files.addAll(ImageFile.list(image));
      } else {
        files.add(image);
      }
    }
    Set<Path> sources = new HashSet<>();
    files.forEach(file -> sources.add(file.toAbsolutePath().normalize()));
    Set<String> taken = new HashSet<>();
    List<Target> targets = new ArrayList<>();
    for (Path file : files) {
      String name = free(stem(file), taken);
      Path labels = out.resolve(name + "_labels.png");
      Path overlay = out.resolve(name + "_overlay.png");
      for (Path result : List.of(labels, overlay)) {
        if (sources.contains(result.toAbsolutePath().normalize())) {
          throw new InlayException(
              "The result for %s would replace the image %s. Give --out another folder."
                  .formatted(file, result));
        }
      }
      targets.add(new Target(file, labels, overlay));
    }
    return targets;
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  /** Names that differ in case alone are one name on some systems. */
  private static String free(String stem, Set<String> taken) {
    String name = stem;
    for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
      name = stem + "-" + i;
    }
    return name;
  }
}
