package dev.inlay.data;

import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import dev.inlay.image.Absent;
import dev.inlay.image.ImageFolder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A list file: in each line a name, or an image and its label map. Empty lines and lines that begin
 * with # are passed over.
 */
final class SplitList {
  private static final int LARGEST = 1 << 26;
  private static final Pattern COLUMNS = Pattern.compile("\\s*[\\t,]\\s*|\\s+");

  private final Path file;
  private final Map<Integer, String> lines = new LinkedHashMap<>();

  SplitList(Path file) {
    this.file = file;
    List<String> all = SmallFile.text(file, "list file", LARGEST).lines().toList();
    for (int i = 0; i < all.size(); i++) {
      String line = all.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        lines.put(i + 1, line);
      }
    }
    if (lines.isEmpty()) {
      throw new InlayException(
          "The list file %s names nothing. Write a name in each line, or leave out 'list'."
              .formatted(file));
    }
  }

  /** The pairs of the names, in the list's order. */
  List<Sample> of(FolderPairs pairs, FileNaming naming) {
    Map<String, Sample> byName = new HashMap<>();
    pairs.whole().forEach(sample -> byName.put(sample.name(), sample));
    Map<String, Sample> found = new LinkedHashMap<>();
    lines.forEach(
        (number, line) -> {
          String name = byName.containsKey(line) ? line : name(line, naming);
          Sample sample = byName.get(name);
          if (sample == null) {
            throw wrong(number, "names '%s': %s".formatted(line, pairs.missing(name)));
          }
          if (found.put(name, sample) != null) {
            throw wrong(number, "names '%s' a second time. Remove the line.".formatted(line));
          }
        });
    return List.copyOf(found.values());
  }

  /** The name of a file that a line names with its ending or its suffix. */
  private static String name(String line, FileNaming naming) {
    String name = line.startsWith("./") ? line.substring(2) : line;
    name = name.replace('\\', '/');
    if (ImageFolder.ends(name.substring(name.lastIndexOf('/') + 1), ImageFolder.ENDINGS)) {
      name = name.substring(0, name.lastIndexOf('.'));
    }
    String suffix = naming.imageSuffix();
    return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
  }

  /** The pairs of files that the lines name, seen from the dataset's folder. */
  List<Sample> pairs(Path folder) {
    Map<String, Sample> found = new LinkedHashMap<>();
    lines.forEach(
        (number, line) -> {
          List<String> columns = new ArrayList<>(List.of(COLUMNS.split(line, -1)));
          if (columns.size() != 2) {
            throw wrong(
                number,
                "has %d columns, but without folders of images and labels it names an image and its label map. Write both, apart by a blank, comma or tab, or name the folders beside 'list'."
                    .formatted(columns.size()));
          }
          Path image = existing(folder, columns.get(0), number);
          Path labels = existing(folder, columns.get(1), number);
          String name = columns.get(0);
          if (found.put(name, new Sample(name, image, labels)) != null) {
            throw wrong(number, "names '%s' a second time. Remove the line.".formatted(name));
          }
        });
    return List.copyOf(found.values());
  }

  private Path existing(Path folder, String name, int number) {
    Path path;
    try {
      path = folder.resolve(name);
    } catch (InvalidPathException e) {
      throw wrong(number, "names '%s', which can be no file.".formatted(name));
    }
    if (!Files.exists(path)) {
      throw wrong(number, "names a file that is not there: %s".formatted(Absent.message(path)));
    }
    return path;
  }

  private InlayException wrong(int line, String what) {
    return new InlayException("Line %d of %s %s".formatted(line, file, what));
  }
}
