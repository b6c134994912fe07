package dev.inlay.data;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private static final List<String> KEYS =
      List.of("name", "classes", "ignore", "images", "labels", "nested", "splits", "split");

  private final Path file;
  private final DescriptorKeys keys;

  private DescriptorFile(Path file) {
    this.file = file;
    this.keys = new DescriptorKeys(file);
  }

  static DatasetInfo read(Path file) {
    if (!Files.exists(file)) {
      throw new InlayException(
          "%s does not exist, but a dataset needs one. It names the classes in the order of their label ids, the ignored id and the folders, for example:\n%s"
              .formatted(file, EXAMPLE));
    }
    return read(file, SmallFile.text(file, "dataset file", LARGEST));
  }

  /** Reads a text as if the file held it. */
  static DatasetInfo read(Path file, String text) {
    DescriptorFile descriptor = new DescriptorFile(file);
    return descriptor.info(descriptor.parse(text));
  }

  private @Nullable Object parse(String text) {
    LoaderOptions limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setMaxAliasesForCollections(0);
    limits.setNestingDepthLimit(8);
    limits.setCodePointLimit(LARGEST);
    try {
      return new Yaml(new SafeConstructor(limits)).load(text);
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
    Map<String, @Nullable Object> top = keys.keys(found, "", KEYS);
    Path folder = file.toAbsolutePath().normalize().getParent();
    String name =
        top.get("name") == null
            ? String.valueOf(folder == null ? file : folder.getFileName())
            : keys.text(top.get("name"), "name", "is the dataset's name");
    LabelSection labels = new LabelSection(keys, top.get("labels"));
    IgnoredIds ignored = IgnoredIds.read(keys, top);
    ClassList classes = classes(top, ignored, labels);
    return new DatasetInfo(
        name,
        classes,
        labels.coding(classes, ignored),
        labels.naming(top.get("images"), top.get("nested")),
        new SplitSection(keys).read(top.get("splits"), top.get("split")));
  }

  private ClassList classes(
      Map<String, @Nullable Object> top, IgnoredIds ignored, LabelSection labels) {
    if (!(top.get("classes") instanceof List<?> list) || list.isEmpty()) {
      throw keys.wrong(
          "classes",
          top.get("classes"),
          "lists the classes in the order of their label ids, each as {name: road, color: \"#804080\"}");
    }
    List<String> names = new ArrayList<>();
    List<@Nullable Integer> colors = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      read(list.get(i), "classes[" + i + "]", names, colors);
    }
    if (labels.kind() == LabelCoding.Kind.COLORS) {
      checkColors(names, colors);
    }
    List<Integer> shown = ClassColors.filled(colors);
    List<LabelClass> classes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      classes.add(new LabelClass(names.get(i), shown.get(i)));
    }
    try {
      return new ClassList(classes, ignored.index());
    } catch (InlayException e) {
      throw new InlayException(file + ": " + e.getMessage(), e);
    }
  }

  private void read(
      @Nullable Object item, String at, List<String> names, List<@Nullable Integer> colors) {
    if (item instanceof String name && !name.isBlank()) {
      names.add(name);
      colors.add(null);
      return;
    }
    if (!(item instanceof Map<?, ?> found)) {
      throw keys.wrong(at, item, "is a class, written {name: road, color: \"#804080\"}");
    }
    Map<String, @Nullable Object> each = keys.keys(found, at + ".", List.of("name", "color"));
    names.add(keys.text(each.get("name"), at + ".name", "is the name of a class"));
    // A null after the key is a colour without quotes: # begins a comment.
    colors.add(each.containsKey("color") ? keys.color(each.get("color"), at + ".color") : null);
  }

  /** Where labels are colours, each class needs one of its own. */
  private void checkColors(List<String> names, List<@Nullable Integer> colors) {
    for (int i = 0; i < names.size(); i++) {
      Integer color = colors.get(i);
      if (color == null) {
        throw keys.wrong(
            "classes[" + i + "].color",
            null,
            "says which pixels of the label maps are '%s', because labels.kind is colors"
                .formatted(names.get(i)));
      }
      int other = colors.indexOf(color);
      Check.that(
          other == i,
          "%s: The classes '%s' and '%s' have one colour, so that labels.kind: colors cannot tell them apart. Give each its own.",
          file,
          names.get(other),
          names.get(i));
    }
  }
}
