package dev.inlay.data;

import dev.inlay.InlayException;
import dev.inlay.image.Absent;
import dev.inlay.image.FolderListing;
import dev.inlay.image.ImageFolder;
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
 * Pairs the images of one folder with the label maps of another by file name without extension.
 * Names of the same letters in two forms of Unicode are one name where that leaves no doubt:
 * systems write é as one character or as two.
 */
final class FolderPairs {
  private static final Set<String> LABELS = Set.of("png");

  private FolderPairs() {}

  static List<Sample> list(Path images, Path labels) {
    Map<String, Path> imageByName =
        byName(images, ImageFolder.ENDINGS, "images (%s)".formatted(ImageFolder.KINDS));
    Map<String, Path> labelByName = byName(labels, LABELS, "label maps (png)");
    Set<String> freeImages = new TreeSet<>(imageByName.keySet());
    freeImages.removeAll(labelByName.keySet());
    Set<String> freeLabels = new TreeSet<>(labelByName.keySet());
    freeLabels.removeAll(imageByName.keySet());
    List<Sample> samples = new ArrayList<>();
    imageByName.forEach(
        (name, image) -> {
          Path label = labelByName.remove(name);
          if (label == null) {
            label = twin(name, freeImages, freeLabels, labelByName);
          }
          if (label == null) {
            throw noLabels(name, image, labels, freeLabels);
          }
          samples.add(new Sample(name, image, label));
        });
    for (Map.Entry<String, Path> label : labelByName.entrySet()) {
      throw noImage(label.getKey(), label.getValue(), images);
    }
    return List.copyOf(samples);
  }

  /** The one label map without an image whose name has the letters of this one image. */
  private static @Nullable Path twin(
      String name, Set<String> images, Set<String> labels, Map<String, Path> labelByName) {
    List<String> same = sameLetters(name, labels);
    return same.size() == 1 && sameLetters(name, images).size() == 1
        ? labelByName.remove(same.get(0))
        : null;
  }

  private static List<String> sameLetters(String name, Set<String> names) {
    String letters = Absent.letters(name);
    return names.stream().filter(other -> Absent.letters(other).equals(letters)).toList();
  }

  private static InlayException noLabels(
      String name, Path image, Path labels, Set<String> freeLabels) {
    List<String> same = sameLetters(name, freeLabels);
    if (!same.isEmpty()) {
      return new InlayException(
          "%s has no label map of its own: several names have its letters in other characters (%s). Rename the images and label maps alike."
              .formatted(image, Absent.forms(image, labels.resolve(same.get(0) + ".png"))));
    }
    Path label = labels.resolve(name + ".png");
    return new InlayException(
        Files.exists(label)
            ? "%s has no label map: %s is not a file. Put the label map there, or remove the image."
                .formatted(image, label)
            : "%s has no label map: there is no %s. Add the label map, or remove the image."
                .formatted(image, label));
  }

  private static InlayException noImage(String name, Path label, Path images) {
    for (Map.Entry<String, List<Path>> group : FolderListing.of(images).skipped().entrySet()) {
      for (Path file : group.getValue()) {
        if (stem(file).equals(name)) {
          return new InlayException(
              "%s has no image: %s is %s. Convert the image to PNG or JPEG, or remove the label map."
                  .formatted(label, file, group.getKey()));
        }
      }
    }
    return new InlayException(
        "%s has no image: %s holds none of that name. Add the image, or remove the label map."
            .formatted(label, images));
  }

  private static Map<String, Path> byName(Path folder, Set<String> endings, String what) {
    if (!Files.isDirectory(folder)) {
      throw new InlayException(
          "%s %s. Correct the path in %s, or put the %s there."
              .formatted(folder, notAFolder(folder), Dataset.DESCRIPTOR, what));
    }
    Map<String, Path> found = new TreeMap<>();
    for (Path file : ImageFolder.files(folder)) {
      String name = String.valueOf(file.getFileName());
      if (!ImageFolder.ends(name, endings)) {
        continue;
      }
      if (!Files.exists(file)) {
        throw new InlayException(Absent.message(file));
      }
      Path other = found.putIfAbsent(stem(file), file);
      if (other != null) {
        throw new InlayException(
            "%s and %s have the same name apart from the ending, so it is unclear which is meant. Remove one."
                .formatted(other, name));
      }
    }
    if (found.isEmpty()) {
      String wayOut = "Put them there, or correct the path in %s.".formatted(Dataset.DESCRIPTOR);
      throw endings.equals(LABELS)
          ? new InlayException("%s holds no %s. %s".formatted(folder, what, wayOut))
          : FolderListing.of(folder).noImages(wayOut);
    }
    return found;
  }

  private static String notAFolder(Path folder) {
    if (Files.exists(folder)) {
      return "is a file, not a folder";
    }
    return Files.isSymbolicLink(folder) ? Absent.link(folder) : "does not exist";
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
