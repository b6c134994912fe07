package dev.inlay.data;

import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import dev.inlay.spec.Suggestions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads {@code dataset.yaml}; every error message names the file and the key. */
final class DescriptorFile {
  private static final String EXAMPLE =
      """
        name: Streets
        classes:
          - {name: road, color: "#804080"}
          - {name: car, color: "#400080"}
        ignore: 255
        splits:
          train: {images: train/images, labels: train/labels}
          val: {images: val/images, labels: val/labels}
      """;
  private static final int LARGEST = 1 << 20;
  private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");

  private final Path file;

  private DescriptorFile(Path file) {
    this.file = file;
  }

  static DatasetInfo read(Path file) {
    DescriptorFile descriptor = new DescriptorFile(file);
    return descriptor.info(descriptor.parse());
  }

  private @Nullable Object parse() {
    if (!Files.exists(file)) {
      throw new InlayException(
          "%s does not exist, but a dataset needs one. It names the classes in the order of their label ids, the ignored id and the folders, for example:\n%s"
              .formatted(file, EXAMPLE));
    }
    LoaderOptions limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setMaxAliasesForCollections(0);
    limits.setNestingDepthLimit(8);
    limits.setCodePointLimit(LARGEST);
    try {
      return new Yaml(new SafeConstructor(limits))
          .load(SmallFile.text(file, "dataset file", LARGEST));
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      throw new InlayException(
          "%s is not YAML: %s%s. Correct the file."
              .formatted(
                  file,
                  e.getProblem(),
                  mark == null
                      ? ""
                      : " at line %d, column %d"
                          .formatted(mark.getLine() + 1, mark.getColumn() + 1)),
          e);
    } catch (YAMLException e) {
      throw new InlayException(
          "%s is not YAML that describes a dataset: %s. Correct the file."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private DatasetInfo info(@Nullable Object root) {
    if (!(root instanceof Map<?, ?> found) || found.isEmpty()) {
      throw new InlayException(
          "%s holds no keys, but must name the classes and splits, for example:\n%s"
              .formatted(file, EXAMPLE));
    }
    Map<String, @Nullable Object> top =
        keys(found, "", List.of("name", "classes", "ignore", "splits"));
    Path folder = file.toAbsolutePath().normalize().getParent();
    String name =
        top.get("name") == null
            ? String.valueOf(folder == null ? file : folder.getFileName())
            : text(top.get("name"), "name", "is the dataset's name");
    return new DatasetInfo(name, classes(top), splits(top.get("splits")));
  }

  private ClassList classes(Map<String, @Nullable Object> top) {
    if (!(top.get("classes") instanceof List<?> list) || list.isEmpty()) {
      throw wrong(
          "classes",
          top.get("classes"),
          "lists the classes in the order of their label ids, each as {name: road, color: \"#804080\"}");
    }
    List<LabelClass> classes = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      classes.add(labelClass(list.get(i), "classes[" + i + "]"));
    }
    Object ignore = top.get("ignore");
    if (top.containsKey("ignore") && !(ignore instanceof Integer)) {
      throw wrong(
          "ignore", ignore, "is the label id that neither loss nor scores count, a whole number");
    }
    try {
      return new ClassList(classes, ignore instanceof Integer id ? id : ClassList.DEFAULT_IGNORE);
    } catch (InlayException e) {
      throw new InlayException(file + ": " + e.getMessage(), e);
    }
  }

  private LabelClass labelClass(@Nullable Object item, String at) {
    if (!(item instanceof Map<?, ?> found)) {
      throw wrong(at, item, "is a class, written {name: road, color: \"#804080\"}");
    }
    Map<String, @Nullable Object> keys = keys(found, at + ".", List.of("name", "color"));
    String name = text(keys.get("name"), at + ".name", "is the name of a class");
    if (!(keys.get("color") instanceof String color) || !COLOR.matcher(color).matches()) {
      throw wrong(
          at + ".color",
          keys.get("color"),
          "is a colour \"#rrggbb\", in quotes because # begins a comment, such as \"#804080\"");
    }
    return new LabelClass(name, Integer.parseInt(color.substring(1), 16));
  }

  private Map<String, DatasetInfo.Folders> splits(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> found) || found.isEmpty()) {
      throw wrong(
          "splits", value, "names the splits, each as train: {images: FOLDER, labels: FOLDER}");
    }
    Map<String, DatasetInfo.Folders> splits = new LinkedHashMap<>();
    for (Map.Entry<?, ?> each : found.entrySet()) {
      String at = "splits." + each.getKey();
      if (!(each.getValue() instanceof Map<?, ?> folders)) {
        throw wrong(at, each.getValue(), "is a split, written {images: FOLDER, labels: FOLDER}");
      }
      Map<String, @Nullable Object> keys = keys(folders, at + ".", List.of("images", "labels"));
      splits.put(
          String.valueOf(each.getKey()),
          new DatasetInfo.Folders(folder(keys, at, "images"), folder(keys, at, "labels")));
    }
    return splits;
  }

  private Path folder(Map<String, @Nullable Object> keys, String at, String key) {
    String text =
        text(
            keys.get(key),
            at + "." + key,
            "is a folder, seen from where " + file.getFileName() + " lies");
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw wrong(at + "." + key, text, "is a folder that this system can name");
    }
  }

  /** The entries of a mapping; an unknown key is refused. */
  private Map<String, @Nullable Object> keys(Map<?, ?> found, String at, List<String> known) {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    found.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          if (!known.contains(name)) {
            throw new InlayException(
                "%s has an unknown key '%s%s'.%s Known keys: %s."
                    .formatted(
                        file,
                        at,
                        name,
                        Suggestions.didYouMean(name, known),
                        String.join(", ", known)));
          }
          keys.put(name, value);
        });
    return keys;
  }

  private String text(@Nullable Object value, String at, String rule) {
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    boolean needsQuotes = value instanceof Number || value instanceof Boolean;
    throw wrong(at, value, rule + (needsQuotes ? "; put it in quotes" : ""));
  }

  private InlayException wrong(String at, @Nullable Object value, String rule) {
    return value == null
        ? new InlayException("%s: '%s' is missing; it %s.".formatted(file, at, rule))
        : new InlayException("%s: '%s' is %s, but it %s.".formatted(file, at, shown(value), rule));
  }

  private static String shown(Object value) {
    String text = value instanceof String ? "'" + value + "'" : value.toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
