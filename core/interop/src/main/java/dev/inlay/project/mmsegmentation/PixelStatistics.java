package dev.inlay.project.mmsegmentation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.inlay.reference.PixelConvention;
import dev.inlay.reference.PixelConvention.ColourOrder;
import dev.inlay.weights.Normalization;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the mean and deviation by which a configuration normalises images, on the scale from 0 to
 * 255.
 */
final class PixelStatistics {

  private static final String VERSION_0 = "img_norm_cfg";

  /** The preprocessor of version 1, or the pipeline's settings of version 0. */
  private static final List<String> PARTS = List.of("data_preprocessor", VERSION_0);

  private PixelStatistics() {}

  /** The statistics in the model or beside it; empty if there are none for three colours. */
  static Optional<PixelConvention> of(JsonObject configuration) {
    for (String name : PARTS) {
      Optional<PixelConvention> found =
          object(configuration, "model")
              .flatMap(model -> object(model, name))
              .or(() -> object(configuration, name))
              .flatMap(statistics -> read(name, statistics));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonObject> object(JsonObject in, String name) {
    return Optional.ofNullable(in.get(name))
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject);
  }

  private static Optional<PixelConvention> read(String part, JsonObject statistics) {
    List<Double> mean = three(statistics.get("mean"));
    List<Double> deviation = three(statistics.get("std"));
    if (mean.isEmpty() || deviation.isEmpty()) {
      return Optional.empty();
    }
    if (isRgb(part, statistics)) {
      Normalization normalization = new Normalization(mean, deviation);
      return Optional.of(new PixelConvention(ColourOrder.RGB, normalization));
    }
    Normalization normalization = new Normalization(reversed(mean), reversed(deviation));
    return Optional.of(new PixelConvention(ColourOrder.BGR, normalization));
  }

  /**
   * Whether the network's input is RGB. Images are read as BGR; version 0 converts them by default,
   * version 1 only on request.
   */
  private static boolean isRgb(String part, JsonObject statistics) {
    for (String flag : List.of("bgr_to_rgb", "to_rgb")) {
      if (statistics.has(flag) && statistics.get(flag).isJsonPrimitive()) {
        return statistics.get(flag).getAsBoolean();
      }
    }
    return part.equals(VERSION_0);
  }

  private static List<Double> reversed(List<Double> three) {
    return List.of(three.get(2), three.get(1), three.get(0));
  }

  private static List<Double> three(@Nullable JsonElement values) {
    if (values == null || !values.isJsonArray()) {
      return List.of();
    }
    List<JsonElement> all = values.getAsJsonArray().asList();
    if (all.size() != 3 || !all.stream().allMatch(PixelStatistics::isNumber)) {
      return List.of();
    }
    return all.stream().map(each -> Math.round(each.getAsDouble() / 255 * 1e6) / 1e6).toList();
  }

  private static boolean isNumber(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
  }
}
