package dev.inlay.cli.train;

import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import dev.inlay.files.WholeFile;
import dev.inlay.weights.Normalization;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The file that says how a training was begun: its options, and what they were applied to.
 *
 * @param options the values of options by their long names, without the two dashes
 * @param normalization the normalisation of images
 * @param facts the data and the machine, by name; they must be the same for equal numbers
 */
record RunFile(
    Map<String, String> options, Normalization normalization, Map<String, String> facts) {

  private static final int LARGEST = 1 << 20;
  private static final String OPTIONS = "options";
  private static final String NORMALIZATION = "normalization";
  private static final String FACTS = "facts";

  /**
   * Reads a file.
   *
   * @throws InlayException if it is not such a file
   */
  static RunFile read(Path file) {
    Map<?, ?> root = map(file, "the file", yaml(file));
    Map<?, ?> pixels = map(file, NORMALIZATION, root.get(NORMALIZATION));
    return new RunFile(
        texts(file, OPTIONS, root.get(OPTIONS)),
        new Normalization(
            numbers(file, "mean", pixels.get("mean")), numbers(file, "std", pixels.get("std"))),
        texts(file, FACTS, root.get(FACTS)));
  }

  /** The content of a YAML file. */
  static @Nullable Object yaml(Path file) {
    LoaderOptions limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setMaxAliasesForCollections(0);
    limits.setCodePointLimit(LARGEST);
    try {
      return new Yaml(new SafeConstructor(limits))
          .load(SmallFile.text(file, "configuration file", LARGEST));
    } catch (YAMLException e) {
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new InlayException(
          "%s is not YAML: %s. Correct the file.".formatted(file, first.strip()), e);
    }
  }

  /** A map of a YAML file. */
  static Map<?, ?> map(Path file, String what, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new InlayException(
        "%s: %s is %s, but must be a map with keys and values. Correct the file."
            .formatted(file, what, value == null ? "missing" : "'" + value + "'"));
  }

  private static Map<String, String> texts(Path file, String what, @Nullable Object value) {
    Map<String, String> texts = new LinkedHashMap<>();
    map(file, what, value)
        .forEach((key, each) -> texts.put(String.valueOf(key), String.valueOf(each)));
    return texts;
  }

  private static List<Double> numbers(Path file, String what, @Nullable Object value) {
    if (value instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
      return list.stream().map(each -> ((Number) each).doubleValue()).toList();
    }
    throw new InlayException(
        "%s: %s is '%s', but must be a list of numbers. Correct the file."
            .formatted(file, what, value));
  }

  /** Writes the file. */
  void write(Path file) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put(OPTIONS, options);
    root.put(NORMALIZATION, Map.of("mean", normalization.mean(), "std", normalization.deviation()));
    root.put(FACTS, facts);
    DumperOptions form = new DumperOptions();
    form.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    form.setWidth(LARGEST);
    WholeFile.writeText(
        file,
        "# How this training was begun. inlay train --resume FOLDER goes on with it.\n"
            + new Yaml(form).dump(root));
  }
}
