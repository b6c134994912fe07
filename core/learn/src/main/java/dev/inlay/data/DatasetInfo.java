package dev.inlay.data;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code dataset.yaml} says.
 *
 * @param name what people call the dataset
 * @param classes its classes and ignored id
 * @param splits its splits by name, in the file's order
 */
public record DatasetInfo(String name, ClassList classes, Map<String, Folders> splits) {
  /** Keeps the order of the splits. */
  public DatasetInfo {
    splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
  }

  /** The two folders of a split, relative to the dataset's or absolute. */
  public record Folders(Path images, Path labels) {}
}
