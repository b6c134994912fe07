package dev.inlay.weights;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a file says that holds parameters of some stages, to begin training with. */
public final class PartInfo {

  /** What the formats of all such files begin with. */
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

  /** Whether a file holds only parameters of some stages. */
  public static boolean isPart(Map<String, String> metadata) {
    return metadata.getOrDefault("format", "").startsWith(FORMATS);
  }
}
