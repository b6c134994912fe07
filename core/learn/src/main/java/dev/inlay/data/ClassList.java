package dev.inlay.data;

import dev.inlay.InlayException;
import dev.inlay.image.Palette;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The classes of a dataset in the order of their label ids, and the ignore index.
 *
 * @param classes 1 to 255 classes; the label id of a class is its index
 * @param ignore the ignore index: pixels with this label count neither in the loss nor in the
 *     scores; it is no class's id and at most 255
 */
public record ClassList(List<LabelClass> classes, int ignore) implements Palette {
  /** The default of {@link #ignore}. */
  public static final int DEFAULT_IGNORE = 255;

  /** Checks the number of classes, that their names differ, and the ignore index. */
  public ClassList {
    classes = List.copyOf(classes);
    if (classes.isEmpty()) {
      throw new InlayException(
          "No classes are named, but there must be at least one. Name the classes.");
    }
    if (classes.size() > 255) {
      throw new InlayException(
          "%d classes are named, but a label map has room for 255 and an ignored id. Merge classes."
              .formatted(classes.size()));
    }
    Set<String> seen = new HashSet<>();
    for (LabelClass each : classes) {
      if (!seen.add(each.name())) {
        throw new InlayException(
            "The class '%s' is named twice, but names must differ. Rename one of the two."
                .formatted(each.name()));
      }
    }
    if (ignore < classes.size() || ignore > 255) {
      throw new InlayException(
          "The ignored id is %d, but it must be an id that no class has, from %d to 255."
              .formatted(ignore, classes.size()));
    }
  }

  @Override
  public int size() {
    return classes.size();
  }

  @Override
  public String name(int id) {
    return classes.get(id).name();
  }

  @Override
  public int color(int id) {
    return classes.get(id).color();
  }

  public List<String> names() {
    return classes.stream().map(LabelClass::name).toList();
  }
}
