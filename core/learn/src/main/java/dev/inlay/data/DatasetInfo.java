package dev.inlay.data;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The contents of {@code dataset.yaml}.
 *
 * @param name the dataset's name
 * @param classes the classes and the ignore index
 * @param splits the splits by name, in the file's order
 */
public record DatasetInfo(String name, ClassList classes, Map<String, Folders> splits) {
  /** Keeps the order of the splits. */
  public DatasetInfo {
    splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
  }

  /** The two folders of a split, absolute or relative to the dataset's folder. */
  public record Folders(Path images, Path labels) {}
}
