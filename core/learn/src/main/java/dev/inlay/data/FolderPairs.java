package dev.inlay.data;

import dev.inlay.InlayException;
import dev.inlay.image.ImageFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Pairs the images of one folder with the label maps of another by file name without extension. */
final class FolderPairs {
  private static final Set<String> LABELS = Set.of("png");

  private FolderPairs() {}

  static List<Sample> list(Path images, Path labels) {
    Map<String, Path> imageByName =
        byName(images, ImageFolder.ENDINGS, "images (jpg, png, bmp, gif, tif)");
    Map<String, Path> labelByName = byName(labels, LABELS, "label maps (png)");
    List<Sample> samples = new ArrayList<>();
    imageByName.forEach(
        (name, image) -> {
          Path label = labelByName.remove(name);
          if (label == null) {
            throw new InlayException(
                "%s has no label map: there is no %s. Add the label map, or remove the image."
                    .formatted(image, labels.resolve(name + ".png")));
          }
          samples.add(new Sample(name, image, label));
        });
    for (Path label : labelByName.values()) {
      throw new InlayException(
          "%s has no image: %s holds none of that name. Add the image, or remove the label map."
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
    for (Path file : ImageFolder.files(folder)) {
      String name = String.valueOf(file.getFileName());
      if (!ImageFolder.ends(name, endings)) {
        continue;
      }
      Path other = found.putIfAbsent(name.substring(0, name.lastIndexOf('.')), file);
      if (other != null) {
        throw new InlayException(
            "%s and %s have the same name apart from the ending, so it is unclear which is meant. Remove one."
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
}
