package dev.inlay.project.mmsegmentation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/** The loss weights of a head of mmsegmentation: {@code loss_decode} is one loss or a list. */
final class MmLosses {

  private static final String PRESET = "1.0";

  private MmLosses() {}

  /** Whether a value is a loss or a list of losses. */
  static boolean are(JsonElement losses) {
    return all(losses).stream().allMatch(JsonElement::isJsonObject);
  }

  /**
   * The weight of the cross-entropy, the loss that Inlay has; without one, the weight of the first
   * loss; empty if there is no loss.
   */
  static Optional<String> weight(JsonElement losses) {
    List<JsonObject> all = all(losses).stream().map(JsonElement::getAsJsonObject).toList();
    return all.stream()
        .filter(MmLosses::isCrossEntropy)
        .findFirst()
        .or(() -> all.stream().findFirst())
        .map(loss -> loss.has("loss_weight") ? text(loss.get("loss_weight")) : PRESET);
  }

  /** A list as it is; a single loss or head as a list of one. */
  static List<JsonElement> all(JsonElement oneOrMore) {
    return oneOrMore.isJsonArray() ? oneOrMore.getAsJsonArray().asList() : List.of(oneOrMore);
  }

  /** The weight as text; the option's own check refuses anything but a number. */
  private static String text(JsonElement weight) {
    return weight.isJsonPrimitive() ? weight.getAsString() : weight.toString();
  }

  private static boolean isCrossEntropy(JsonObject loss) {
    return loss.has("type") && loss.get("type").toString().contains("CrossEntropy");
  }
}
