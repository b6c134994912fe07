package dev.inlay.reference;

import dev.inlay.InlayException;
import dev.inlay.reference.PixelConvention.ColourOrder;
import dev.inlay.weights.Normalization;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user says of a network's input image, which counts more than what files say.
 *
 * @param mean the mean of red, green and blue, from 0 to 1; null to take that of the file
 * @param deviation the standard deviation of red, green and blue, on the same scale; null to take
 *     that of the file
 * @param order the order of the colours; null to take that of the file
 */
public record GivenPixels(
    @Nullable List<Double> mean, @Nullable List<Double> deviation, @Nullable ColourOrder order) {

  /** Nothing is said: the files decide. */
  public static final GivenPixels NONE = new GivenPixels(null, null, null);

  /**
   * Statistics on either of the usual scales: from 0 to 255 if a number is above 1, else from 0 to
   * 1.
   *
   * @param mean three means, in the order red, green, blue; null if not given
   * @param deviation three standard deviations in this order; null if not given
   * @throws InlayException if the means have one scale and the deviations the other, or the numbers
   *     are of neither scale
   */
  public static GivenPixels of(
      @Nullable List<Double> mean, @Nullable List<Double> deviation, @Nullable ColourOrder order) {
    check("--mean", mean, 0);
    check("--std", deviation, Double.MIN_NORMAL);
    boolean bytes = isOnBytes(mean) || isOnBytes(deviation);
    if (bytes && mean != null && !isOnBytes(mean) && mean.stream().anyMatch(each -> each > 0)) {
      throw twoScales(mean, deviation);
    }
    if (bytes && deviation != null && deviation.stream().anyMatch(each -> each < 1)) {
      throw twoScales(mean, deviation);
    }
    return new GivenPixels(onUnits(mean, bytes), onUnits(deviation, bytes), order);
  }

  private static void check(String option, @Nullable List<Double> three, double least) {
    if (three != null
        && (three.size() != 3
            || three.stream().anyMatch(each -> !(each >= least && each <= 255)))) {
      throw new InlayException(
          "%s is %s; it must be three numbers, for red, green and blue, from 0 to 255 or from 0 to 1%s."
              .formatted(option, three, least > 0 ? ", and above 0" : ""));
    }
  }

  private static boolean isOnBytes(@Nullable List<Double> three) {
    return three != null && three.stream().anyMatch(each -> each > 1);
  }

  private static @Nullable List<Double> onUnits(@Nullable List<Double> three, boolean bytes) {
    return three == null || !bytes ? three : PixelConvention.ofBytes(three);
  }

  private static InlayException twoScales(
      @Nullable List<Double> mean, @Nullable List<Double> deviation) {
    return new InlayException(
        "--mean is %s and --std is %s; both must be on one scale, from 0 to 255 or from 0 to 1."
            .formatted(
                mean == null ? "not given" : mean, deviation == null ? "not given" : deviation));
  }

  /** The options that say something, such as {@code --mean and --std}; empty if none does. */
  String options() {
    List<String> options = new ArrayList<>();
    if (mean != null) {
      options.add("--mean");
    }
    if (deviation != null) {
      options.add("--std");
    }
    if (order != null) {
      options.add("--channels");
    }
    return String.join(" and ", options);
  }

  /** The convention with what is given in the place of what is said. */
  PixelConvention over(PixelConvention said) {
    Normalization normalization = said.normalization();
    return new PixelConvention(
        Objects.requireNonNullElse(order, said.order()),
        new Normalization(
            Objects.requireNonNullElse(mean, normalization.mean()),
            Objects.requireNonNullElse(deviation, normalization.deviation())));
  }
}
