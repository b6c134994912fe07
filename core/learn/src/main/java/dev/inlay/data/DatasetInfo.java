package dev.inlay.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The contents of {@code dataset.yaml}.
 *
 * @param name the dataset's name
 * @param classes the classes and the ignore index
 * @param coding what the values of label maps mean
 * @param naming how the files are named
 * @param splits the splits by name, in the file's order
 */
public record DatasetInfo(
    String name,
    ClassList classes,
    LabelCoding coding,
    FileNaming naming,
    Map<String, SplitFiles> splits) {
  /** Keeps the order of the splits. */
  public DatasetInfo {
    splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
  }
}
