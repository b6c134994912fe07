package dev.inlay.cli.train;

import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Configuration files: settings by key, in sections, as YAML. */
final class ConfigFile {

  static final int LARGEST = 1 << 20;

  private ConfigFile() {}

  /**
   * The settings of a file.
   *
   * @param besides the keys of other things in the file
   * @throws InlayException if it is not YAML, is empty, or has something that is no setting
   */
  static List<Setting> read(Path file, Set<String> besides) {
    return settings(
        map(file, yaml(SmallFile.text(file, "configuration file", LARGEST), file.toString())),
        file.toString(),
        besides);
  }

  private static Map<?, ?> map(Path file, @Nullable Object content) {
    if (content instanceof Map<?, ?> map) {
      return map;
    }
    throw new InlayException(
        content == null
            ? "%s is empty. Write settings into it as 'inlay config show' prints them."
                .formatted(file)
            : "%s holds '%s', but must hold settings by key. 'inlay config show' prints how."
                .formatted(file, content));
  }

  /** The content of YAML. */
  static @Nullable Object yaml(String text, String origin) {
    LoaderOptions limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setMaxAliasesForCollections(0);
    limits.setCodePointLimit(LARGEST);
    try {
      return new Yaml(new SafeConstructor(limits)).load(text);
    } catch (YAMLException e) {
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      String duplicate =
          String.valueOf(e.getMessage())
              .lines()
              .filter(line -> line.contains("duplicate key"))
              .findFirst()
              .orElse(first);
      throw new InlayException(
          "%s is not YAML: %s. Correct the file.".formatted(origin, duplicate.strip()), e);
    }
  }

  /** The settings of sections. */
  static List<Setting> settings(Map<?, ?> root, String origin, Set<String> besides) {
    List<Setting> settings = new ArrayList<>();
    root.forEach(
        (name, value) -> {
          String key = String.valueOf(name);
          if (besides.contains(key)) {
            return;
          }
          if (value instanceof Map<?, ?> section) {
            section.forEach((inner, each) -> add(settings, key + "." + inner, each, origin));
          } else {
            add(settings, key, value, origin);
          }
        });
    return settings;
  }

  private static void add(
      List<Setting> settings, String key, @Nullable Object value, String origin) {
    String option = Settings.option(key, origin);
    if (value == null) {
      return; // As if the line were not there: the weaker layers count.
    }
    if (value instanceof Map || value instanceof List) {
      throw new InlayException(
          "%s: the setting '%s' is '%s', but must be one value. Correct the file."
              .formatted(origin, key, value));
    }
    settings.add(new Setting(option, String.valueOf(value), origin));
  }

  /** Settings in sections, to be written as YAML. */
  static Map<String, Object> sections(Map<String, ?> byOption) {
    Map<String, Object> root = new LinkedHashMap<>();
    Settings.keys()
        .forEach(
            (option, key) -> {
              Object value = byOption.get(option);
              if (value != null) {
                put(root, key, value);
              }
            });
    return root;
  }

  @SuppressWarnings("unchecked") // All values of sections were put here.
  private static void put(Map<String, Object> root, String key, Object value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      root.put(key, value);
    } else {
      Map<String, Object> section =
          (Map<String, Object>)
              root.computeIfAbsent(key.substring(0, dot), any -> new LinkedHashMap<>());
      section.put(key.substring(dot + 1), value);
    }
  }

  /** YAML of nested maps, one value a line. */
  static String text(Object root) {
    DumperOptions form = new DumperOptions();
    form.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    form.setWidth(LARGEST);
    return new Yaml(form).dump(root);
  }

  /**
   * YAML of all settings, each with a comment.
   *
   * @param line gives the value, which may be null, and the comment of an option
   */
  static String commented(BiFunction<String, String, Line> line) {
    StringBuilder text = new StringBuilder();
    String section = "";
    for (Map.Entry<String, String> each : Settings.keys().entrySet()) {
      String key = each.getValue();
      int dot = key.indexOf('.');
      String own = dot < 0 ? "" : key.substring(0, dot);
      Line shown = line.apply(each.getKey(), key);
      if (!own.equals(section)) {
        // A section without a value would be null.
        boolean holds =
            Settings.keys().entrySet().stream()
                .filter(other -> other.getValue().startsWith(own + "."))
                .anyMatch(other -> line.apply(other.getKey(), other.getValue()).value() != null);
        text.append(holds ? "" : "# ").append(own).append(":\n");
        section = own;
      }
      String indent = dot < 0 ? "" : "  ";
      String entry =
          shown.value() == null
              ? "# %s%s:".formatted(indent, key.substring(dot + 1))
              : indent + text(Map.of(key.substring(dot + 1), shown.value())).strip();
      text.append("%-44s  # %s\n".formatted(entry, shown.comment()));
    }
    return text.toString();
  }

  /** A value and where it came from. */
  record Line(@Nullable Object value, String comment) {}
}
