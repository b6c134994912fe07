package dev.inlay.data;

import dev.inlay.InlayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Pairs the images of one folder with the label maps of another by their names. */
final class FolderPairs {
  private static final Set<String> LABELS = Set.of("png");

  private FolderPairs() {}

  static List<Sample> list(Path images, Path labels) {
    Map<String, Path> imageByName =
        byName(images, ImageFile.ENDINGS, "images (jpg, png, bmp, gif, tif)");
    Map<String, Path> labelByName = byName(labels, LABELS, "label maps (png)");
    List<Sample> samples = new ArrayList<>();
    imageByName.forEach(
        (name, image) -> {
          Path label = labelByName.remove(name);
          if (label == null) {
            throw new InlayException(
                "%s has no label map: there is no %s. Add it, or remove the image."
                    .formatted(image, labels.resolve(name + ".png")));
          }
          samples.add(new Sample(name, image, label));
        });
    for (Path label : labelByName.values()) {
      throw new InlayException(
          "%s has no image: %s holds none of that name. Add it, or remove the label map."
              .formatted(label, images));
    }
    return List.copyOf(samples);
  }

  private static Map<String, Path> byName(Path folder, Set<String> endings, String what) {
    if (!Files.isDirectory(folder)) {
      throw new InlayException(
          "%s %s. Correct the path in %s, or put the %s there."
              .formatted(
                  folder,
                  Files.exists(folder) ? "is a file, not a folder" : "does not exist",
                  Dataset.DESCRIPTOR,
                  what));
    }
    Map<String, Path> found = new TreeMap<>();
    for (Path file : files(folder)) {
      String name = String.valueOf(file.getFileName());
      if (!ends(name, endings)) {
        continue;
      }
      Path other = found.putIfAbsent(name.substring(0, name.lastIndexOf('.')), file);
      if (other != null) {
        throw new InlayException(
            "%s and %s have one name, so it is unclear which is meant. Remove one."
                .formatted(other, name));
      }
    }
    if (found.isEmpty()) {
      throw new InlayException(
          "%s holds no %s. Put them there, or correct the path in %s."
              .formatted(folder, what, Dataset.DESCRIPTOR));
    }
    return found;
  }

  /** What starts with a dot is a system's own note, such as "._0001.png", and never counts. */
  static boolean ends(String name, Set<String> endings) {
    int dot = name.lastIndexOf('.');
    return dot > 0
        && !name.startsWith(".")
        && endings.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** The files of a folder, sorted. */
  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InlayException(
          "%s cannot be listed (%s). Check who may read it.".formatted(folder, e.getMessage()), e);
    }
  }
}
