package dev.inlay.reference;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.inlay.weights.Normalization;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a configuration of mmsegmentation normalises images by, on its scale of 0 to 255. */
final class PixelStatistics {

  /** The preprocessor of version 1, or the pipeline's settings of version 0. */
  private static final List<String> PARTS = List.of("data_preprocessor", "img_norm_cfg");

  private PixelStatistics() {}

  /** The statistics beside the model or in it; empty if it has none for red, green and blue. */
  static Optional<Normalization> of(JsonObject configuration) {
    for (String name : PARTS) {
      Optional<Normalization> found =
          object(configuration, "model")
              .flatMap(model -> object(model, name))
              .or(() -> object(configuration, name))
              .flatMap(PixelStatistics::read);
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

  private static Optional<Normalization> read(JsonObject statistics) {
    List<Double> mean = three(statistics.get("mean"));
    List<Double> deviation = three(statistics.get("std"));
    return mean.isEmpty() || deviation.isEmpty()
        ? Optional.empty()
        : Optional.of(new Normalization(mean, deviation));
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
