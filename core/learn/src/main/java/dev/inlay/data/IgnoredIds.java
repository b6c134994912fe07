package dev.inlay.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ids that neither loss nor scores count: key {@code ignore} of {@code dataset.yaml}.
 *
 * @param index the ignore index, to which the others are mapped
 * @param others further ignored ids
 */
record IgnoredIds(int index, List<Integer> others) {

  static IgnoredIds read(DescriptorKeys keys, Map<String, @Nullable Object> top) {
    Object value = top.get("ignore");
    if (!top.containsKey("ignore")) {
      return new IgnoredIds(ClassList.DEFAULT_IGNORE, List.of());
    }
    if (value instanceof Integer id) {
      return new IgnoredIds(id, List.of());
    }
    if (value instanceof List<?> list && !list.isEmpty()) {
      List<Integer> ids = new ArrayList<>();
      for (Object each : list) {
        if (!(each instanceof Integer id) || id < 0 || id > 255) {
          throw keys.wrong(
              "ignore", value, "lists ids that are ignored, whole numbers of 0 to 255");
        }
        ids.add(id);
      }
      return new IgnoredIds(ids.get(0), ids.subList(1, ids.size()));
    }
    throw keys.wrong(
        "ignore", value, "is the label id that neither loss nor scores count, a whole number");
  }
}
