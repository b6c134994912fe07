package dev.inlay.project.mmsegmentation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.inlay.Check;
import dev.inlay.Counterpart;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Reference;
import dev.inlay.Tensor;
import dev.inlay.assemble.Stages;
import dev.inlay.reference.DescribedPart;
import dev.inlay.reference.ReferenceOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A whole network of mmsegmentation, from the {@code model} of its configuration: backbone, neck,
 * auxiliary heads and decode head, under the keys of its state dict.
 *
 * @param parts its parts
 * @param result the decode head's result
 * @param sides the side outputs, which only training needs, by name
 * @param unmatched auxiliary heads without an equivalent stage, by the prefix of their keys
 * @param refused the reasons why some of these can't even be described as heads
 * @param choices selections of maps that a sequence of stages can't express
 */
record MmNetwork(
    List<DescribedPart> parts,
    Stages.Result result,
    Map<String, Tensor> sides,
    List<String> unmatched,
    List<String> refused,
    List<String> choices) {

  private static final double PRESET_THRESHOLD = 0.3;

  /**
   * Describes a network.
   *
   * @param image the image (B,3,H,W)
   * @param parts receives the described parts; empty before the call
   * @throws dev.inlay.InlayException if no technique corresponds to a part, or not with these
   *     options
   */
  static MmNetwork describe(JsonObject model, Features image, MmParts parts) {
    require(model);
    Auxiliaries auxiliaries = new Auxiliaries(parts);
    JsonObject backbone = model.getAsJsonObject("backbone");
    Features maps = parts.backbone(backbone, image, "backbone.");
    if (isThere(model, "neck")) {
      maps = parts.neck(model.getAsJsonObject("neck"), maps, "neck.");
    }
    if (isThere(model, "auxiliary_head")) {
      auxiliaries.describe(model.get("auxiliary_head"), maps);
    }
    Stages.Result result = parts.head(model.get("decode_head"), maps, "decode_head.");
    Map<String, Tensor> sides = auxiliaries.outputs;
    result.features().sides().forEach((name, side) -> sides.put(name, side.output()));
    return new MmNetwork(
        parts.list(), result, sides, auxiliaries.unmatched, auxiliaries.refused, parts.choices());
  }

  /**
   * Checks that a model has the parts of mmsegmentation's models.
   *
   * @throws InlayException that names a missing or invalid part
   */
  static void require(JsonObject model) {
    for (String part : List.of("backbone", "decode_head")) {
      JsonElement found = model.get(part);
      if (found == null || found.isJsonNull()) {
        throw new InlayException(
            "The configuration has no model with a %s. Give mmsegmentation's, as cfg.dump('model.json') writes it."
                .formatted(part));
      }
    }
    for (String part : List.of("backbone", "neck", "decode_head", "auxiliary_head")) {
      JsonElement found = model.get(part);
      if (found != null && !found.isJsonNull() && !isPart(found, part.endsWith("head"))) {
        throw new InlayException(
            "The configuration's %s is %s; it must be a dictionary with a type."
                .formatted(part, shortened(found)));
      }
    }
  }

  private static String shortened(JsonElement found) {
    String text = found.toString();
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  /** Whether a value is a part; heads may be a list. */
  private static boolean isPart(JsonElement found, boolean several) {
    return several && found.isJsonArray()
        ? found.getAsJsonArray().asList().stream().allMatch(JsonElement::isJsonObject)
        : found.isJsonObject();
  }

  /** The number of classes of a configuration or a part of one; null if it names none. */
  static @Nullable Integer classes(JsonElement json) {
    if (json.isJsonArray()) {
      return json.getAsJsonArray().isEmpty() ? null : classes(json.getAsJsonArray().get(0));
    }
    JsonObject options = json.getAsJsonObject();
    if (isBinary(options)) {
      return 1;
    }
    for (String name : List.of("num_classes")) {
      if (options.has(name)) {
        return options.get(name).getAsInt();
      }
    }
    for (String name : List.of("decode_head", "heads", "kwargs")) {
      if (options.has(name)) {
        return classes(options.get(name));
      }
    }
    return null;
  }

  /**
   * The number of classes that a model tells apart; null if it names none. One logit tells two
   * apart.
   */
  static @Nullable Integer toldApart(JsonElement model) {
    Integer logits = classes(model);
    return logits != null && logits == 1 ? Integer.valueOf(2) : logits;
  }

  /**
   * The threshold of the decode head of a model with one logit; empty for other models. The preset
   * is that of mmseg/models/decode_heads/decode_head.py.
   *
   * @throws InlayException if it is not above 0 and below 1
   */
  static OptionalDouble threshold(JsonObject model) {
    Integer logits = classes(model);
    if (logits == null || logits != 1) {
      return OptionalDouble.empty();
    }
    JsonElement head = model.get("decode_head");
    List<JsonElement> heads = MmLosses.all(head);
    JsonElement given = heads.get(heads.size() - 1).getAsJsonObject().get("threshold");
    double threshold = given == null || given.isJsonNull() ? PRESET_THRESHOLD : given.getAsDouble();
    Check.that(
        threshold > 0 && threshold < 1,
        "The configuration's decode_head has the threshold %s; it must be above 0 and below 1.",
        threshold);
    return OptionalDouble.of(threshold);
  }

  /** Whether a head has a single logit for two classes, which a threshold separates. */
  static boolean isBinary(JsonObject options) {
    return options.has("out_channels")
        && options.has("num_classes")
        && options.get("num_classes").getAsInt() == 2
        && options.get("out_channels").getAsString().equals("1");
  }

  private static boolean isThere(JsonObject model, String part) {
    return model.has(part) && !model.get(part).isJsonNull();
  }

  /** The auxiliary heads of one network. */
  private static final class Auxiliaries {
    private final MmParts parts;
    private final Map<String, Tensor> outputs = new LinkedHashMap<>();
    private final List<String> unmatched = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    Auxiliaries(MmParts parts) {
      this.parts = parts;
    }

    void describe(JsonElement heads, Features maps) {
      if (heads.isJsonObject()) {
        describe(heads.getAsJsonObject(), maps, "auxiliary_head.", "auxiliary");
        return;
      }
      for (int i = 0; i < heads.getAsJsonArray().size(); i++) {
        JsonObject head = heads.getAsJsonArray().get(i).getAsJsonObject();
        describe(head, maps, "auxiliary_head." + i + ".", "auxiliary-" + (i + 1));
      }
    }

    private void describe(JsonObject head, Features maps, String prefix, String side) {
      ReferenceOptions options = MmOptions.of(head);
      @Nullable Reference reference =
          parts
              .references()
              .find(Counterpart.auxiliary(MmSegmentation.NAME, MmOptions.type(head)))
              .filter(options::fit)
              .orElse(null);
      if (reference == null) {
        describeUnmatched(head, maps, prefix, side);
        return;
      }
      Features features = parts.auxiliary(reference, options, maps, prefix);
      outputs.put(side, features.sides().values().iterator().next().output());
    }

    private void describeUnmatched(JsonObject head, Features maps, String prefix, String side) {
      unmatched.add(prefix);
      try {
        Stages.Result result = parts.aside(head, maps, prefix);
        outputs.put(side, Objects.requireNonNull(result.logits()));
      } catch (InlayException e) {
        refused.add("%s*: %s".formatted(prefix, e.getMessage()));
      }
    }
  }
}
