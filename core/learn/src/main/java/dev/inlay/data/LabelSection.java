package dev.inlay.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sections {@code labels} and {@code images} of {@code dataset.yaml}. */
final class LabelSection {
  private static final String OTHER = "other";
  private static final String IGNORE = "ignore";

  private final DescriptorKeys keys;
  private final Map<String, @Nullable Object> found;
  private final LabelCoding.Kind kind;

  LabelSection(DescriptorKeys keys, @Nullable Object value) {
    this.keys = keys;
    if (value != null && !(value instanceof Map<?, ?>)) {
      throw keys.wrong(
          "labels", value, "says how labels are read, written {kind: ids, suffix: _mask}");
    }
    found =
        keys.keys(
            value instanceof Map<?, ?> map ? map : Map.of(),
            "labels.",
            List.of("kind", "suffix", "map", "palette"));
    kind = kind(found.get("kind"));
  }

  private LabelCoding.Kind kind(@Nullable Object value) {
    if (value == null) {
      return LabelCoding.Kind.IDS;
    }
    return switch (String.valueOf(value).toLowerCase(Locale.ROOT)) {
      case "ids" -> LabelCoding.Kind.IDS;
      case "colors", "colours" -> LabelCoding.Kind.COLORS;
      default -> throw keys.wrong("labels.kind", value, "is ids or colors");
    };
  }

  LabelCoding.Kind kind() {
    return kind;
  }

  FileNaming naming(@Nullable Object images, @Nullable Object nested) {
    String imageSuffix = "";
    if (images instanceof Map<?, ?> map) {
      imageSuffix = suffix(keys.keys(map, "images.", List.of("suffix")), "images");
    } else if (images != null) {
      throw keys.wrong(
          "images", images, "says how images are named, written {suffix: _leftImg8bit}");
    }
    return new FileNaming(
        imageSuffix,
        suffix(found, "labels"),
        keys.flag(nested, "nested", "is true where files lie in folders of the folders"));
  }

  private String suffix(Map<String, @Nullable Object> section, String name) {
    Object value = section.get("suffix");
    return value == null
        ? ""
        : keys.text(
            value, name + ".suffix", "is what stands between a name and the ending, such as _mask");
  }

  LabelCoding coding(ClassList classes, IgnoredIds ignored) {
    Map<Integer, Integer> map = new LinkedHashMap<>();
    for (int id : ignored.others()) {
      if (id < classes.size()) {
        throw keys.wrong(
            IGNORE,
            id,
            "ignores an id that no class has; where label maps give class '%s' to other ids, write labels: {map: {%d: ignore}} and map those"
                .formatted(classes.name(id), id));
      }
      map.put(id, classes.ignore());
    }
    Integer other = null;
    Object value = found.get("map");
    if (value instanceof Map<?, ?> entries) {
      for (Map.Entry<?, ?> each : entries.entrySet()) {
        String at = "labels.map." + each.getKey();
        int target = target(each.getValue(), at, classes);
        if (OTHER.equals(each.getKey())) {
          other = target;
        } else {
          map.put(stored(each.getKey(), at), target);
        }
      }
    } else if (value != null) {
      throw keys.wrong(
          "labels.map", value, "says what labels mean, written {7: 0, 11: building, 255: ignore}");
    }
    return new LabelCoding(kind, map, other, checksPalette());
  }

  private boolean checksPalette() {
    Object value = found.get("palette");
    if (value != null && !value.equals("check") && !value.equals(IGNORE)) {
      throw keys.wrong(
          "labels.palette",
          value,
          "is check, or ignore where the palettes of label maps have nothing to do with the classes");
    }
    return !IGNORE.equals(value);
  }

  private int stored(@Nullable Object key, String at) {
    if (kind == LabelCoding.Kind.COLORS) {
      return keys.color(key, at);
    }
    if (key instanceof Integer id && id >= 0 && id <= 255) {
      return id;
    }
    throw keys.wrong(
        at,
        String.valueOf(key),
        key instanceof String text && DescriptorKeys.isColor(text)
            ? "is a colour, which needs labels.kind: colors"
            : "maps an id of 0 to 255, or 'other'");
  }

  private int target(@Nullable Object value, String at, ClassList classes) {
    if (IGNORE.equals(value)) {
      return classes.ignore();
    }
    if (value instanceof Integer id && (id >= 0 && id < classes.size() || id == classes.ignore())) {
      return id;
    }
    int named = value instanceof String name ? classes.names().indexOf(name) : -1;
    if (named >= 0) {
      return named;
    }
    throw keys.wrong(
        at,
        value,
        "is a class, by its id (0 to %d) or its name, or ignore".formatted(classes.size() - 1));
  }
}
