package dev.inlay.project.mmsegmentation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Remarks on heads that a configuration trains with another loss than Inlay's mean cross-entropy
 * over all pixels. The difference does not affect imported weights, only further training.
 */
final class LossRemarks {

  private LossRemarks() {}

  /** The remarks by the head's place in the model; empty if there are none. */
  static Map<String, String> of(JsonObject model) {
    Map<String, String> remarks = new LinkedHashMap<>();
    for (String part : List.of("decode_head", "auxiliary_head")) {
      JsonElement found = model.get(part);
      if (found == null || found.isJsonNull()) {
        continue;
      }
      List<JsonElement> heads = MmLosses.all(found);
      for (int i = 0; i < heads.size(); i++) {
        String name = found.isJsonArray() ? part + "." + i : part;
        boolean decides = part.equals("decode_head") && i == heads.size() - 1;
        List<String> all = ofHead(heads.get(i).getAsJsonObject(), decides);
        if (!all.isEmpty()) {
          remarks.put(name, String.join(", ", all));
        }
      }
    }
    return remarks;
  }

  /**
   * The remarks on one head.
   *
   * @param decides whether it is the last decode head, whose loss has no weight in Inlay
   */
  private static List<String> ofHead(JsonObject head, boolean decides) {
    List<String> remarks = new ArrayList<>();
    List<JsonObject> losses = losses(head.get("loss_decode"));
    if (losses.size() > 1 || losses.stream().anyMatch(loss -> !isCrossEntropy(loss))) {
      remarks.add(
          "with %s"
              .formatted(losses.stream().map(LossRemarks::type).collect(Collectors.joining("+"))));
    }
    for (JsonObject loss : losses) {
      if (isSet(loss, "class_weight")) {
        remarks.add("with class weights");
      }
      if (isSet(loss, "use_sigmoid") || isSet(loss, "use_mask")) {
        remarks.add("with an independent score for each class (use_sigmoid)");
      }
      String weight = isSet(loss, "loss_weight") ? loss.get("loss_weight").toString() : "1.0";
      if (decides && losses.size() == 1 && !weight.matches("1(\\.0*)?")) {
        remarks.add("with a loss weight of %s".formatted(weight));
      }
    }
    if (isSet(head, "sampler")) {
      remarks.add("on the pixels of a sampler");
    }
    return remarks;
  }

  private static List<JsonObject> losses(@Nullable JsonElement losses) {
    if (losses == null || losses.isJsonNull()) {
      return List.of();
    }
    return MmLosses.all(losses).stream()
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static String type(JsonObject loss) {
    JsonElement type = loss.get("type");
    return type == null || !type.isJsonPrimitive() ? "a loss without a type" : type.getAsString();
  }

  private static boolean isCrossEntropy(JsonObject loss) {
    return type(loss).endsWith("CrossEntropyLoss");
  }

  private static boolean isSet(JsonObject options, String name) {
    JsonElement value = options.get(name);
    return value != null && !value.isJsonNull() && !value.toString().equals("false");
  }
}
