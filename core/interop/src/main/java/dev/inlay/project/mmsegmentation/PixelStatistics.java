package dev.inlay.project.mmsegmentation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.inlay.reference.PixelConvention;
import dev.inlay.reference.PixelConvention.ColourOrder;
import dev.inlay.weights.Normalization;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the mean and deviation by which a configuration normalises images, on the scale from 0 to
 * 255, and the order of the colours. Images are read as BGR.
 */
final class PixelStatistics {

  private static final String PREPROCESSOR = "data_preprocessor";
  private static final String VERSION_0 = "img_norm_cfg";

  /** The flags of both versions that turn blue, green, red to red, green, blue. */
  private static final List<String> FLAGS = List.of("bgr_to_rgb", "rgb_to_bgr", "to_rgb");

  private PixelStatistics() {}

  /**
   * The statistics of the preprocessor of version 1, or else of the test's pipeline; or else none
   * if there is a preprocessor, which does not normalise without a mean (mmseg's
   * SegDataPreProcessor); or else the settings of version 0. Empty if there are none for three
   * colours.
   */
  static Optional<PixelConvention> of(JsonObject configuration) {
    return Stream.concat(
            Stream.concat(
                part(configuration, PREPROCESSOR).map(each -> read(each, false)),
                MmPipelines.test(configuration).stream()
                    .filter(step -> MmPipelines.type(step).equals("Normalize"))
                    .map(each -> read(each, true))),
            Stream.concat(
                part(configuration, PREPROCESSOR).map(PixelStatistics::withoutMean),
                part(configuration, VERSION_0).map(each -> read(each, true))))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** A part in the model or beside it. */
  private static Stream<JsonObject> part(JsonObject configuration, String name) {
    return Stream.of(List.of("model", name), List.of(name))
        .flatMap(place -> MmPipelines.at(configuration, place).stream())
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject);
  }

  /**
   * Reads one part.
   *
   * @param turns whether the part turns images to RGB if it does not say; version 0 does, version 1
   *     does not
   */
  private static Optional<PixelConvention> read(JsonObject statistics, boolean turns) {
    List<Double> mean = three(statistics.get("mean"));
    List<Double> deviation = three(statistics.get("std"));
    if (mean.isEmpty() || deviation.isEmpty()) {
      return Optional.empty();
    }
    if (isRgb(statistics, turns)) {
      Normalization normalization = new Normalization(mean, deviation);
      return Optional.of(new PixelConvention(ColourOrder.RGB, normalization));
    }
    Normalization normalization = new Normalization(reversed(mean), reversed(deviation));
    return Optional.of(new PixelConvention(ColourOrder.BGR, normalization));
  }

  /** What a preprocessor without a mean says: the order of the colours alone. */
  private static Optional<PixelConvention> withoutMean(JsonObject preprocessor) {
    JsonElement mean = preprocessor.get("mean");
    return mean == null || mean.isJsonNull()
        ? Optional.of(
            new PixelConvention(
                isRgb(preprocessor, false) ? ColourOrder.RGB : ColourOrder.BGR, Normalization.NONE))
        : Optional.empty();
  }

  /** Whether the network's input is RGB. */
  private static boolean isRgb(JsonObject statistics, boolean turns) {
    List<Boolean> said =
        FLAGS.stream()
            .map(statistics::get)
            .filter(flag -> flag != null && flag.isJsonPrimitive())
            .map(JsonElement::getAsBoolean)
            .toList();
    return said.isEmpty() ? turns : said.contains(true);
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
    return PixelConvention.ofBytes(all.stream().map(JsonElement::getAsDouble).toList());
  }

  private static boolean isNumber(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
  }
}
