package dev.inlay.project.mmsegmentation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.inlay.weights.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says of inference that Inlay does not do: it runs a network once, on the
 * whole image at its own size. The names are those of mmseg/models/segmentors/base.py,
 * mmseg/models/data_preprocessor.py and of the transforms of both versions.
 */
final class InferenceRemarks {

  /** Steps of a pipeline that do not change the image, or that the import takes into account. */
  private static final Set<String> PLAIN_STEPS =
      Set.of(
          "LoadImageFromFile",
          "LoadAnnotations",
          "Normalize",
          "ImageToTensor",
          "DefaultFormatBundle",
          "ToTensor",
          "Collect",
          "PackSegInputs",
          "Compose");

  /** Steps that choose among scales and flips for the steps within. */
  private static final Set<String> CHOICES = Set.of("MultiScaleFlipAug", "TestTimeAug");

  private static final Set<String> USUAL_MODELS = Set.of("EncoderDecoder", "CascadeEncoderDecoder");

  private final Map<String, String> remarks = new LinkedHashMap<>();

  private InferenceRemarks() {}

  /** The remarks by their place in the configuration; empty if there are none. */
  static Map<String, String> of(JsonObject configuration) {
    InferenceRemarks all = new InferenceRemarks();
    JsonObject model = object(configuration, "model").orElse(configuration);
    all.model(model);
    object(model, "test_cfg").or(() -> object(configuration, "test_cfg")).ifPresent(all::testing);
    object(model, "data_preprocessor")
        .or(() -> object(configuration, "data_preprocessor"))
        .flatMap(preprocessor -> object(preprocessor, "test_cfg"))
        .ifPresent(
            padding ->
                all.add("data_preprocessor.test_cfg", "images are padded: " + text(padding)));
    all.pipeline(MmPipelines.test(configuration));
    all.onRequest(configuration);
    return all.remarks;
  }

  private void model(JsonObject model) {
    JsonElement type = model.get("type");
    if (type != null && type.isJsonPrimitive() && !USUAL_MODELS.contains(type.getAsString())) {
      add("model.type", "%s: only its backbone, neck and heads are used".formatted(text(type)));
    }
  }

  private void testing(JsonObject testing) {
    boolean slides = testing.has("mode") && testing.get("mode").toString().equals("\"slide\"");
    if (slides) {
      add(
          "test_cfg.mode",
          "slide, windows of %s at steps of %s: their logits are averaged"
              .formatted(text(testing.get("crop_size")), text(testing.get("stride"))));
    }
    testing
        .asMap()
        .forEach(
            (name, value) -> {
              boolean ofWindows = name.equals("crop_size") || name.equals("stride");
              if (!name.equals("mode") && !ofWindows && isSet(value)) {
                add("test_cfg." + name, text(value));
              }
            });
  }

  private void pipeline(List<JsonObject> steps) {
    boolean flips =
        steps.stream().anyMatch(step -> CHOICES.contains(MmPipelines.type(step)) && flips(step));
    for (JsonObject step : steps) {
      String type = MmPipelines.type(step);
      if (CHOICES.contains(type)) {
        choices(step, type);
      } else if (type.equals("RandomFlip") || type.equals("Flip")) {
        // Within a choice of flips, it only carries out what is chosen.
        boolean own = isSet(step.get("prob")) || isSet(step.get("flip_ratio"));
        if (own && !flips) {
          add("pipeline." + type, "images are flipped: " + options(step));
        }
      } else if (!PLAIN_STEPS.contains(type)) {
        add("pipeline." + type, options(step));
      }
    }
  }

  private void choices(JsonObject step, String type) {
    List<String> said = new ArrayList<>();
    if (isSet(step.get("img_scale"))) {
      said.add("images are scaled to %s".formatted(text(step.get("img_scale"))));
    }
    JsonElement ratios = step.get("img_ratios");
    if (isSet(ratios) && !text(ratios).matches("\\[?1(\\.0*)?]?")) {
      said.add("the logits of the ratios %s are averaged".formatted(text(ratios)));
    }
    if (flips(step)) {
      said.add("the logits of flipped images are averaged");
    }
    if (type.equals("TestTimeAug")) {
      said.add("the logits of several transforms of an image are averaged");
    }
    if (!said.isEmpty()) {
      add("pipeline." + type, String.join(", ", said));
    }
  }

  private static boolean flips(JsonObject step) {
    return isSet(step.get("flip"));
  }

  /** What the reference does only when it is asked for. */
  private void onRequest(JsonObject configuration) {
    if (configuration.has("tta_model") || configuration.has("tta_pipeline")) {
      add(
          "tta_pipeline",
          "scales and flips whose logits are averaged; the reference does this only with --tta");
    }
  }

  private void add(String place, String remark) {
    remarks.merge(place, remark, (a, b) -> a + "; " + b);
  }

  /** The options of a step, without its type and the steps within. */
  private static String options(JsonObject step) {
    List<String> options = new ArrayList<>();
    step.asMap()
        .forEach(
            (name, value) -> {
              if (!name.equals("type") && !name.equals("transforms") && !value.isJsonNull()) {
                options.add(name + "=" + text(value));
              }
            });
    return options.isEmpty() ? "a step that changes images" : String.join(", ", options);
  }

  private static String text(@Nullable JsonElement value) {
    return value == null ? "an unknown size" : Text.shortened(value.toString().replace("\"", ""));
  }

  private static boolean isSet(@Nullable JsonElement value) {
    return value != null
        && !value.isJsonNull()
        && !value.toString().matches("false|0(\\.0*)?|\\{}");
  }

  private static Optional<JsonObject> object(JsonObject in, String name) {
    return MmPipelines.at(in, List.of(name))
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject);
  }
}
