package dev.inlay.data.layout;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.image.ImageFolder;
import dev.inlay.image.RgbImage;
import dev.inlay.image.StoredLabels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks at label maps and proposes the classes. */
final class LabelSurvey {
  private static final int MOST_FILES = 60;
  private static final int MOST_COLORS = 255;
  private static final int IGNORED = 255;

  private final String suffix;
  private final TreeSet<Integer> ids = new TreeSet<>();
  private final TreeSet<Integer> colors = new TreeSet<>();
  private final Set<List<Integer>> palettes = new HashSet<>();
  private int files;
  private int inColor;

  LabelSurvey(List<Path> folders, String suffix) {
    this.suffix = suffix;
    folders.forEach(this::look);
  }

  private void look(Path folder) {
    List<Path> all =
        ImageFolder.files(folder).stream()
            .filter(file -> String.valueOf(file.getFileName()).endsWith(suffix + ".png"))
            .toList();
    int step = Math.max(1, all.size() / MOST_FILES);
    for (int i = 0; i < all.size(); i += step) {
      look(all.get(i), folder);
    }
  }

  private void look(Path file, Path folder) {
    files++;
    RgbImage image = StoredLabels.readColors(file);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        colors.add(image.color(x, y));
      }
    }
    Check.that(
        colors.size() <= MOST_COLORS,
        "The label maps of %s have more than %d colours, as after compression, smoothing or scaling: %s is among them. Save them without, or write dataset.yaml by hand.",
        folder,
        MOST_COLORS,
        file);
    try {
      StoredLabels stored = StoredLabels.read(file);
      for (byte id : stored.labels().ids()) {
        ids.add(id & 255);
      }
      if (!stored.palette().isEmpty()) {
        palettes.add(stored.palette());
      }
    } catch (InlayException e) {
      inColor++; // A file that is no label map of ids, but whose colours could be read.
    }
  }

  /** Writes the classes and how they are read. */
  void write(YamlText yaml) {
    yaml.line(
        "# From the values of %d label maps: give the classes their names, then try inlay dataset check.",
        files);
    yaml.line("classes:");
    // Palettes that differ by file say that ids mean nothing.
    if (inColor > 0 || palettes.size() > 1) {
      int number = 0;
      for (int color : colors) {
        yaml.labelClass("class-" + number++, color);
      }
      yaml.line("labels: {kind: colors%s}", suffix(", "));
      return;
    }
    writeIds(yaml);
  }

  private void writeIds(YamlText yaml) {
    List<Integer> used = new ArrayList<>(ids);
    boolean binary = used.equals(List.of(0, IGNORED));
    if (binary) {
      yaml.labelClass("background").labelClass("foreground");
      yaml.line("labels: {map: {255: foreground}%s}", suffix(", "));
      return;
    }
    used.remove(Integer.valueOf(IGNORED));
    Check.that(
        !used.isEmpty(),
        "All pixels of the %d label maps are 255, which is ignored, so that there is no class to propose. Label the pixels first.",
        files);
    List<Integer> palette = palettes.isEmpty() ? List.of() : palettes.iterator().next();
    List<String> map = new ArrayList<>();
    boolean dense = !used.isEmpty() && used.get(used.size() - 1) < 2 * used.size();
    int classes = dense ? used.get(used.size() - 1) + 1 : used.size();
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < classes; i++) {
      int stored = dense ? i : used.get(i);
      if (stored < palette.size() && given.add(palette.get(stored))) {
        yaml.labelClass("class-" + stored, palette.get(stored));
      } else {
        yaml.labelClass("class-" + stored);
      }
      map.add("%d: %d".formatted(stored, i));
    }
    if (!dense) {
      yaml.line("labels:");
      if (!suffix.isEmpty()) {
        yaml.line("  suffix: %s", YamlText.quoted(suffix));
      }
      yaml.map(map);
    } else if (!suffix.isEmpty()) {
      yaml.line("labels: {%s}", suffix(""));
    }
  }

  private String suffix(String before) {
    return suffix.isEmpty() ? "" : "%ssuffix: %s".formatted(before, YamlText.quoted(suffix));
  }
}
