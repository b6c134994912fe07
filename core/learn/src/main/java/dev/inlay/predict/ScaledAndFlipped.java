package dev.inlay.predict;

import dev.inlay.Check;
import dev.inlay.image.Bilinear;
import dev.inlay.image.RgbImage;
import java.util.List;

/**
 * The mean of the probabilities over several scales of an image, and over its mirror images, as
 * mmsegmentation's test-time augmentation computes it: the scores of each variant are resized to
 * the image and mirrored back, then their softmax is averaged.
 *
 * @param network scores one variant
 * @param scales the factors of height and width, each more than 0
 * @param flip whether each scale is also seen mirrored
 */
public record ScaledAndFlipped(ClassScores network, List<Double> scales, boolean flip)
    implements ClassScores {

  public ScaledAndFlipped {
    scales = List.copyOf(scales);
    Check.that(!scales.isEmpty(), "The list of scales is empty. Give one or more, such as 1.");
    for (double scale : scales) {
      Check.that(
          scale >= 0.05 && scale <= 20, "The scale is %s; it must be between 0.05 and 20.", scale);
    }
  }

  @Override
  public float[] of(RgbImage image) {
    float[] sum = {};
    for (double scale : scales) {
      int width = scaled(image.width(), scale);
      int height = scaled(image.height(), scale);
      RgbImage variant = Bilinear.resized(image, width, height);
      sum = add(sum, network.of(variant), variant, image, false);
      if (flip) {
        sum = add(sum, network.of(variant.mirrored()), variant, image, true);
      }
    }
    int variants = scales.size() * (flip ? 2 : 1);
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= variants;
    }
    return sum;
  }

  /** The length as mmcv rounds it. */
  private static int scaled(int length, double scale) {
    return Math.max(1, (int) (length * scale + 0.5));
  }

  private static float[] add(
      float[] sum, float[] scores, RgbImage variant, RgbImage image, boolean mirrored) {
    int classes = scores.length / (variant.width() * variant.height());
    float[] fitting =
        Bilinear.resized(
            scores, classes, variant.width(), variant.height(), image.width(), image.height());
    int pixels = image.width() * image.height();
    float[] all = sum.length == 0 ? new float[classes * pixels] : sum;
    float[] one = new float[classes];
    for (int i = 0; i < pixels; i++) {
      int x = i % image.width();
      int from = mirrored ? i - x + image.width() - 1 - x : i;
      softmax(fitting, from, pixels, one);
      for (int id = 0; id < classes; id++) {
        all[id * pixels + i] += one[id];
      }
    }
    return all;
  }

  private static void softmax(float[] scores, int at, int pixels, float[] into) {
    float most = Float.NEGATIVE_INFINITY;
    for (int id = 0; id < into.length; id++) {
      most = Math.max(most, scores[id * pixels + at]);
    }
    double sum = 0;
    for (int id = 0; id < into.length; id++) {
      into[id] = (float) Math.exp(scores[id * pixels + at] - most);
      sum += into[id];
    }
    for (int id = 0; id < into.length; id++) {
      into[id] /= (float) sum;
    }
  }
}
