package dev.inlay.data;

import dev.inlay.InlayException;
import dev.inlay.image.Absent;
import dev.inlay.image.FolderListing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the images of one folder with the label maps of another by file name without extension and
 * suffix. Names of the same letters in two forms of Unicode are one name where that leaves no
 * doubt: systems write é as one character or as two.
 */
final class FolderPairs {
  private final Path images;
  private final Path labels;
  private final FileNaming naming;
  private final List<Sample> samples = new ArrayList<>();
  private final Map<String, Path> lonelyImages = new TreeMap<>();
  private final Map<String, Path> lonelyLabels;
  private final Set<String> freeLabels;

  /** Lists and pairs the files; what has no partner is kept apart. */
  FolderPairs(Path images, Path labels, FileNaming naming) {
    this.images = images;
    this.labels = labels;
    this.naming = naming;
    Map<String, Path> imageByName = FolderFiles.images(images, labels, naming);
    Map<String, Path> labelByName = FolderFiles.labels(labels, naming);
    Set<String> freeImages = new TreeSet<>(imageByName.keySet());
    freeImages.removeAll(labelByName.keySet());
    freeLabels = new TreeSet<>(labelByName.keySet());
    freeLabels.removeAll(imageByName.keySet());
    imageByName.forEach(
        (name, image) -> {
          Path label = labelByName.remove(name);
          if (label == null) {
            label = twin(name, freeImages, labelByName);
          }
          if (label == null) {
            lonelyImages.put(name, image);
          } else {
            samples.add(new Sample(name, image, label));
          }
        });
    lonelyLabels = labelByName;
  }

  /**
   * The pairs, in the order of their names.
   *
   * @throws InlayException for the first file without a partner
   */
  List<Sample> all() {
    lonelyImages.forEach(
        (name, image) -> {
          throw new InlayException(noLabels(name, image));
        });
    lonelyLabels.forEach(
        (name, label) -> {
          throw new InlayException(noImage(name, label));
        });
    return List.copyOf(samples);
  }

  /** The pairs; files without a partner are left out. */
  List<Sample> whole() {
    return List.copyOf(samples);
  }

  /** A message for each file without a partner. */
  List<String> lonely() {
    List<String> messages = new ArrayList<>();
    lonelyImages.forEach((name, image) -> messages.add(noLabels(name, image)));
    lonelyLabels.forEach((name, label) -> messages.add(noImage(name, label)));
    return messages;
  }

  /** What is missing under a name of which there is no pair. */
  String missing(String name) {
    Path image = lonelyImages.get(name);
    if (image != null) {
      return noLabels(name, image);
    }
    Path label = lonelyLabels.get(name);
    return label != null
        ? noImage(name, label)
        : "%s holds no image of the name '%s'.".formatted(images, name);
  }

  /** The one label map without an image whose name has the letters of this one image. */
  private @Nullable Path twin(String name, Set<String> freeImages, Map<String, Path> labelByName) {
    List<String> same = sameLetters(name, freeLabels);
    return same.size() == 1 && sameLetters(name, freeImages).size() == 1
        ? labelByName.remove(same.get(0))
        : null;
  }

  private static List<String> sameLetters(String name, Set<String> names) {
    String letters = Absent.letters(name);
    return names.stream().filter(other -> Absent.letters(other).equals(letters)).toList();
  }

  private String noLabels(String name, Path image) {
    List<String> same = sameLetters(name, freeLabels);
    if (!same.isEmpty()) {
      return "%s has no label map of its own: several names have its letters in other characters (%s). Rename the images and label maps alike."
          .formatted(image, Absent.forms(image, file(same.get(0))));
    }
    Path label = file(name);
    return Files.exists(label)
        ? "%s has no label map: %s is not a file. Put the label map there, or remove the image."
            .formatted(image, label)
        : "%s has no label map: there is no %s. Add the label map, or remove the image."
            .formatted(image, label);
  }

  /** Where the label map of a name should be. */
  private Path file(String name) {
    return labels.resolve(name + naming.labelSuffix() + ".png");
  }

  private String noImage(String name, Path label) {
    for (Map.Entry<String, List<Path>> group : FolderListing.of(images).skipped().entrySet()) {
      for (Path file : group.getValue()) {
        if (FolderFiles.stem(file).equals(name)) {
          return "%s has no image: %s is %s. Convert the image to PNG or JPEG, or remove the label map."
              .formatted(label, file, group.getKey());
        }
      }
    }
    return "%s has no image: %s holds none of that name. Add the image, or remove the label map."
        .formatted(label, images);
  }
}
