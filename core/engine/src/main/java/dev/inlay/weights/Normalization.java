package dev.inlay.weights;

import dev.inlay.Check;
import java.util.List;

/**
 * The normalisation of images: (x / 255 - mean) / deviation, by channel.
 *
 * @param mean of red, green and blue, from 0 to 1
 * @param deviation of red, green and blue, on the same scale
 */
public record Normalization(List<Double> mean, List<Double> deviation) {

  /** The statistics of ImageNet, the usual normalisation of published backbones. */
  public static final Normalization IMAGENET =
      new Normalization(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  /** No normalisation: the network's input is pixels from 0 to 255. */
  public static final Normalization NONE =
      new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0 / 255, 1.0 / 255, 1.0 / 255));

  public Normalization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    Check.that(
        mean.size() == 3 && deviation.size() == 3,
        "A normalisation needs three means and three deviations, got %d and %d.",
        mean.size(),
        deviation.size());
  }
}
