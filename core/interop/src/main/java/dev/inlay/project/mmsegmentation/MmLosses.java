package dev.inlay.project.mmsegmentation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/** What the losses of a head of mmsegmentation are worth: {@code loss_decode}, one or a list. */
final class MmLosses {

  private static final String PRESET = "1.0";

  private MmLosses() {}

  /** Whether this describes losses. */
  static boolean are(JsonElement losses) {
    return all(losses).stream().allMatch(JsonElement::isJsonObject);
  }

  /**
   * The factor of the loss that there is here, cross-entropy, in the sum; of the first where none
   * is cross-entropy, and nothing where there is no loss.
   */
  static Optional<String> weight(JsonElement losses) {
    List<JsonObject> all = all(losses).stream().map(JsonElement::getAsJsonObject).toList();
    return all.stream()
        .filter(MmLosses::isCrossEntropy)
        .findFirst()
        .or(() -> all.stream().findFirst())
        .map(loss -> loss.has("loss_weight") ? text(loss.get("loss_weight")) : PRESET);
  }

  /** One loss, or head, as a list of one. */
  static List<JsonElement> all(JsonElement oneOrMore) {
    return oneOrMore.isJsonArray() ? oneOrMore.getAsJsonArray().asList() : List.of(oneOrMore);
  }

  /** What is no number is left for the option's own check to refuse. */
  private static String text(JsonElement weight) {
    return weight.isJsonPrimitive() ? weight.getAsString() : weight.toString();
  }

  private static boolean isCrossEntropy(JsonObject loss) {
    return loss.has("type") && loss.get("type").toString().contains("CrossEntropy");
  }
}
