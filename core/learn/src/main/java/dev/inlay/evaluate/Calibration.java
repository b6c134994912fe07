package dev.inlay.evaluate;

import dev.inlay.image.LabelMap;
import dev.inlay.predict.Probabilities;

/**
 * How well the probability of the predicted class tells how often it is right, added up image by
 * image. The expected calibration error is the mean, over all pixels, of the difference between
 * both within 15 bins of equal width. Guo et al., On Calibration of Modern Neural Networks, ICML
 * 2017, section 2.
 */
public final class Calibration {

  /** The number of bins. */
  public static final int BINS = 15;

  private final int ignore;
  private final long[] pixels = new long[BINS];
  private final long[] hits = new long[BINS];
  private final double[] confidence = new double[BINS];

  /** No images yet. */
  public Calibration(int ignore) {
    this.ignore = ignore;
  }

  /** Adds an image. */
  public void add(LabelMap truth, Probabilities found) {
    byte[] ids = truth.ids();
    float[] values = found.values();
    for (int i = 0; i < ids.length; i++) {
      int expected = ids[i] & 255;
      if (expected == ignore) {
        continue;
      }
      int best = 0;
      for (int id = 1; id < found.classes(); id++) {
        best = values[id * ids.length + i] > values[best * ids.length + i] ? id : best;
      }
      double sure = values[best * ids.length + i];
      // A bin holds its upper end, as in the paper.
      int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(sure * BINS) - 1));
      pixels[bin]++;
      hits[bin] += best == expected ? 1 : 0;
      confidence[bin] += sure;
    }
  }

  /** The expected calibration error, 0 to 1; NaN without pixels. */
  public double error() {
    long all = 0;
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      all += pixels[bin];
      sum += Math.abs(hits[bin] - confidence[bin]);
    }
    return all == 0 ? Double.NaN : sum / all;
  }

  /** The number of pixels in a bin. */
  public long pixels(int bin) {
    return pixels[bin];
  }

  /** The share of a bin's pixels that are right; NaN without pixels. */
  public double accuracy(int bin) {
    return pixels[bin] == 0 ? Double.NaN : (double) hits[bin] / pixels[bin];
  }

  /** The mean probability of a bin's predicted classes; NaN without pixels. */
  public double confidence(int bin) {
    return pixels[bin] == 0 ? Double.NaN : confidence[bin] / pixels[bin];
  }
}
