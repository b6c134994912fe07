package dev.inlay.project.mmsegmentation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
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
import org.jspecify.annotations.Nullable;

/**
 * A whole network of mmsegmentation, from the {@code model} of its configuration: backbone, neck,
 * auxiliary heads and decode head, under the keys of its state dict.
 *
 * @param parts its parts
 * @param made what the decode head makes
 * @param sides what only training needs, by name
 * @param unlike auxiliary heads that no stage in a line is, by their prefix
 * @param refused why some of these could not even be described as heads
 * @param choices choices among maps that stages in one line don't have
 */
record MmNetwork(
    List<DescribedPart> parts,
    Stages.Result made,
    Map<String, Tensor> sides,
    List<String> unlike,
    List<String> refused,
    List<String> choices) {

  /**
   * Describes a network.
   *
   * @param image where it begins
   * @param parts where its parts are described, none as yet
   * @throws dev.inlay.InlayException if no technique has a part of it, or not with these options
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
    Stages.Result made = parts.head(model.get("decode_head"), maps, "decode_head.");
    Map<String, Tensor> sides = auxiliaries.outputs;
    made.features().sides().forEach((name, side) -> sides.put(name, side.output()));
    return new MmNetwork(
        parts.list(), made, sides, auxiliaries.unlike, auxiliaries.refused, parts.choices());
  }

  /**
   * Refuses what is built otherwise than a model of mmsegmentation.
   *
   * @throws InlayException that names the part
   */
  static void require(JsonObject model) {
    for (String part : List.of("backbone", "decode_head")) {
      JsonElement found = model.get(part);
      if (found == null || found.isJsonNull()) {
        throw new InlayException(
            "the configuration has no model with a "
                + part
                + "; give mmsegmentation's, as cfg.dump('model.json') writes it");
      }
    }
    for (String part : List.of("backbone", "neck", "decode_head", "auxiliary_head")) {
      JsonElement found = model.get(part);
      if (found != null && !found.isJsonNull() && !isPart(found, part.endsWith("head"))) {
        throw new InlayException(
            "the configuration's %s is %s; it must be a dictionary with a type"
                .formatted(part, shortened(found)));
      }
    }
  }

  private static String shortened(JsonElement found) {
    String text = found.toString();
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  /** Of heads there may be several. */
  private static boolean isPart(JsonElement found, boolean several) {
    return several && found.isJsonArray()
        ? found.getAsJsonArray().asList().stream().allMatch(JsonElement::isJsonObject)
        : found.isJsonObject();
  }

  /** How many classes a configuration, or a part of one, names; null if it names no number. */
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

  /** Of two classes, mmsegmentation may score one only, which a threshold then tells apart. */
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
    private final List<String> unlike = new ArrayList<>();
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
        describeUnlike(head, maps, prefix, side);
        return;
      }
      Features made = parts.auxiliary(reference, options, maps, prefix);
      outputs.put(side, made.sides().values().iterator().next().output());
    }

    private void describeUnlike(JsonObject head, Features maps, String prefix, String side) {
      unlike.add(prefix);
      try {
        Stages.Result made = parts.aside(head, maps, prefix);
        outputs.put(side, Objects.requireNonNull(made.logits()));
      } catch (InlayException e) {
        refused.add(prefix + "*: " + e.getMessage());
      }
    }
  }
}
