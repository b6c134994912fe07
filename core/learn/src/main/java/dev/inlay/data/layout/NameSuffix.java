package dev.inlay.data.layout;

import dev.inlay.image.ImageFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What label maps have behind the names of their images. */
final class NameSuffix {
  private NameSuffix() {}

  /** The suffix that most label maps have, which may be empty; empty if none fits an image. */
  static Optional<String> of(Path images, Path labels) {
    if (!Files.isDirectory(images) || !Files.isDirectory(labels)) {
      return Optional.empty();
    }
    boolean apart = !images.normalize().equals(labels.normalize());
    Set<String> names = new HashSet<>();
    for (Path file : ImageFolder.files(images)) {
      if (ImageFolder.ends(name(file), ImageFolder.ENDINGS)) {
        names.add(stem(file));
      }
    }
    Map<String, Integer> suffixes = new TreeMap<>();
    for (Path file : ImageFolder.files(labels)) {
      if (ImageFolder.ends(name(file), Set.of("png"))) {
        String stem = stem(file);
        // The longest name that fits, so that a_1_mask belongs to a_1 and not to a.
        for (int end = stem.length(); end > 0; end--) {
          boolean itself = end == stem.length() && !apart;
          if (!itself && names.contains(stem.substring(0, end))) {
            suffixes.merge(stem.substring(end), 1, Integer::sum);
            break;
          }
        }
      }
    }
    return suffixes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static String stem(Path file) {
    String name = name(file);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
