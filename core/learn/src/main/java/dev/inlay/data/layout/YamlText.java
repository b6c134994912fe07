package dev.inlay.data.layout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the parts of a {@code dataset.yaml}. */
final class YamlText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./ -]*[A-Za-z0-9_]");
  private static final Pattern WORD =
      Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n|ignore|other");

  private final StringBuilder text = new StringBuilder();

  YamlText line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
    return this;
  }

  /** A class with a colour 0xRRGGBB. */
  YamlText labelClass(String name, int color) {
    return line("  - {name: %s, color: \"#%06x\"}", quoted(name), color);
  }

  /** A class that gets a colour later. */
  YamlText labelClass(String name) {
    return line("  - %s", quoted(name));
  }

  /** A map of labels in lines of ten entries. */
  YamlText map(List<String> entries) {
    line("  map:");
    line("    {");
    for (int i = 0; i < entries.size(); i += 10) {
      boolean last = i + 10 >= entries.size();
      line(
          "      %s%s",
          String.join(", ", entries.subList(i, Math.min(entries.size(), i + 10))), last ? "" : ",");
    }
    return line("    }");
  }

  /** Splits of two folders each, where both are there. */
  YamlText splits(Path folder, Map<String, List<String>> folders) {
    line("splits:");
    folders.forEach(
        (name, pair) -> {
          if (pair.stream().allMatch(each -> Files.isDirectory(folder.resolve(each)))) {
            line("  %s: {images: %s, labels: %s}", name, quoted(pair.get(0)), quoted(pair.get(1)));
          }
        });
    return this;
  }

  String text() {
    return text.toString();
  }

  /** A text as YAML reads it back, in quotes where it needs them. */
  static String quoted(String text) {
    boolean plain = PLAIN.matcher(text).matches() && !WORD.matcher(text).matches();
    return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** The yaml if all folders are there. */
  static Optional<String> where(Path folder, List<String> folders, YamlText yaml) {
    return folders.stream().allMatch(each -> Files.isDirectory(folder.resolve(each)))
        ? Optional.of(yaml.text())
        : Optional.empty();
  }

  /** Names apart by commas, over several lines. */
  static List<String> names(String list) {
    return List.of(list.lines().collect(Collectors.joining(" ")).strip().split("\\s*,\\s*"));
  }
}
