package dev.inlay.cli.train;

import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import dev.inlay.files.WholeFile;
import dev.inlay.weights.Normalization;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file that says how a training was begun: its settings, and what they were applied to. It is a
 * configuration file, too.
 *
 * @param settings the settings
 * @param normalization the normalisation of images
 * @param facts the data and the machine, by name; they must be the same for equal numbers
 */
record RunFile(List<Setting> settings, Normalization normalization, Map<String, String> facts) {

  private static final String NORMALIZATION = "normalization";
  private static final String FACTS = "facts";

  /** The keys that are no settings. */
  static final Set<String> BESIDES = Set.of(NORMALIZATION, FACTS);

  /**
   * Reads a file.
   *
   * @throws InlayException if it is not such a file
   */
  static RunFile read(Path file) {
    String text = SmallFile.text(file, "configuration file", ConfigFile.LARGEST);
    Map<?, ?> root = map(file, "the file", ConfigFile.yaml(text, file.toString()));
    Map<?, ?> pixels = map(file, NORMALIZATION, root.get(NORMALIZATION));
    Map<String, String> facts = new LinkedHashMap<>();
    map(file, FACTS, root.get(FACTS))
        .forEach((key, each) -> facts.put(String.valueOf(key), String.valueOf(each)));
    return new RunFile(
        ConfigFile.settings(root, file.toString(), BESIDES),
        new Normalization(
            numbers(file, "mean", pixels.get("mean")), numbers(file, "std", pixels.get("std"))),
        facts);
  }

  private static Map<?, ?> map(Path file, String what, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new InlayException(
        "%s: %s is %s, but must be a map with keys and values. Correct the file."
            .formatted(file, what, value == null ? "missing" : "'" + value + "'"));
  }

  private static List<Double> numbers(Path file, String what, @Nullable Object value) {
    if (value instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
      return list.stream().map(each -> ((Number) each).doubleValue()).toList();
    }
    throw new InlayException(
        "%s: %s is '%s', but must be a list of numbers. Correct the file."
            .formatted(file, what, value));
  }

  /**
   * Writes a file.
   *
   * @param values the values of settings by option
   */
  static void write(
      Path file,
      Map<String, String> values,
      Normalization normalization,
      Map<String, String> facts) {
    Map<String, Object> root = new LinkedHashMap<>(ConfigFile.sections(values));
    root.put(NORMALIZATION, Map.of("mean", normalization.mean(), "std", normalization.deviation()));
    root.put(FACTS, facts);
    WholeFile.writeText(
        file,
        "# How this training was begun. inlay train --resume FOLDER goes on with it;\n"
            + "# inlay train --config FILE --out OTHER begins another one like it.\n"
            + ConfigFile.text(root));
  }
}
