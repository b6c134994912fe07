package dev.inlay.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the stored values of label maps mean: the section {@code labels} of {@code dataset.yaml}.
 *
 * <p>A stored value is an id (0 to 255) or a colour (0xRRGGBB). Without a map, an id is that of its
 * class, and a colour that of the class with this colour.
 *
 * @param kind whether the stored values are ids or colours
 * @param map the label id of stored values: a class or the ignore index
 * @param other the label id of stored values that neither the map nor the classes name; null if
 *     they are mistakes
 * @param checksPalette whether ids are refused where the file's palette gives them the colours of
 *     other classes
 */
public record LabelCoding(
    Kind kind, Map<Integer, Integer> map, @Nullable Integer other, boolean checksPalette) {

  /** Ids without a map, whose palettes are checked. */
  public static final LabelCoding PLAIN = new LabelCoding(Kind.IDS, Map.of(), null, true);

  /** What a pixel of a label map holds. */
  public enum Kind {
    /** The values of a grey PNG, or the indices of a palette. */
    IDS,
    /** Colours, of which each class has its own. */
    COLORS
  }

  /** Keeps the order of the map. */
  public LabelCoding {
    map = Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** A stored value as {@code dataset.yaml} writes it: {@code 7} or {@code "#804080"}. */
  public String written(int stored) {
    return kind == Kind.IDS ? String.valueOf(stored) : "\"" + shown(stored) + "\"";
  }

  /** A stored value as messages show it: {@code 7} or {@code #804080}. */
  public String shown(int stored) {
    return kind == Kind.IDS ? String.valueOf(stored) : String.format(Locale.ROOT, "#%06x", stored);
  }

  /** What a label map has in a pixel, in a word. */
  String word() {
    return kind == Kind.IDS ? "label" : "colour";
  }

  /** The stored values' label ids, where they have one. */
  Map<Integer, Integer> table(ClassList classes) {
    Map<Integer, Integer> table = new LinkedHashMap<>();
    if (kind == Kind.COLORS) {
      for (int id = classes.size() - 1; id >= 0; id--) {
        table.put(classes.color(id), id);
      }
    } else {
      for (int id = 0; id < classes.size(); id++) {
        // An id whose class another id is mapped to would change its meaning without a word.
        if (!map.containsValue(id)) {
          table.put(id, id);
        }
      }
      table.put(classes.ignore(), classes.ignore());
    }
    table.putAll(map);
    return table;
  }

  /** Whether a label map's ids are its labels as they are. */
  boolean isPlain() {
    return kind == Kind.IDS && map.isEmpty() && other == null;
  }
}
