package dev.inlay.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/** The metadata of a file with initial weights of some stages. */
public final class PartInfo {

  /** The prefix of the formats of all such files. */
  private static final String FORMATS = "inlay-";

  private static final String FORMAT = FORMATS + "part";

  private PartInfo() {}

  /**
   * The metadata of such a file.
   *
   * @param stages the stages as a spec writes them
   */
  public static Map<String, String> metadata(String stages) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("stages", stages);
    return metadata;
  }

  /** Whether a file has parameters of some stages alone. */
  public static boolean isPart(Map<String, String> metadata) {
    return metadata.getOrDefault("format", "").startsWith(FORMATS);
  }
}
