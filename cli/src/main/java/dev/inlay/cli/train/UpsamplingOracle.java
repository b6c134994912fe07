package dev.inlay.cli.train;

import dev.inlay.evaluate.ConfusionMatrix;
import dev.inlay.evaluate.Scores;
import dev.inlay.image.LabelMap;
import java.util.Arrays;

/**
 * What upsampling alone costs: the labels themselves are brought to low resolution and back, so
 * that no network's mistakes are in the scores.
 */
final class UpsamplingOracle {

  private final LabelBlocks blocks;
  private final float[] projection;
  private final int classes;
  private final ConfusionMatrix coded;
  private final ConfusionMatrix shared;
  private final ConfusionMatrix sampled;

  UpsamplingOracle(LabelBlocks blocks, BlockCode code) {
    this.blocks = blocks;
    projection = code.projection();
    classes = blocks.classes().size();
    coded = new ConfusionMatrix(classes);
    shared = new ConfusionMatrix(classes);
    sampled = new ConfusionMatrix(classes);
  }

  /** Counts a label map. */
  void add(LabelMap labels) {
    LabelMap truth = blocks.whole(labels);
    int ignore = blocks.classes().ignore();
    int center = blocks.ratio() / 2 * blocks.ratio() + blocks.ratio() / 2;
    float[] shares = new float[truth.ids().length / (blocks.ratio() * blocks.ratio()) * classes];
    float[] samples = new float[shares.length];
    blocks.forEach(
        labels,
        (row, column, ones, count) -> {
          int pixel = (row * blocks.columns(labels) + column) * classes;
          for (int i = 0; i < count; i++) {
            shares[pixel + ones[i] % classes]++;
            samples[pixel + ones[i] % classes] += ones[i] / classes == center ? 1 : 0;
          }
        });
    coded.add(truth, decoded(labels, truth), ignore);
    shared.add(truth, interpolated(shares, truth), ignore);
    sampled.add(truth, interpolated(samples, truth), ignore);
  }

  /** What the code makes of the blocks. */
  Scores coded() {
    return coded.scores();
  }

  /** What bilinear interpolation makes of how much of each block every class has. */
  Scores shared() {
    return shared.scores();
  }

  /** What bilinear interpolation makes of the label in the middle of each block. */
  Scores sampled() {
    return sampled.scores();
  }

  private LabelMap decoded(LabelMap labels, LabelMap truth) {
    int ratio = blocks.ratio();
    byte[] ids = new byte[truth.ids().length];
    float[] made = new float[blocks.size()];
    blocks.forEach(
        labels,
        (row, column, ones, count) -> {
          Arrays.fill(made, 0);
          for (int i = 0; i < count; i++) {
            int from = ones[i] * made.length;
            for (int j = 0; j < made.length; j++) {
              made[j] += projection[from + j];
            }
          }
          for (int place = 0; place < ratio * ratio; place++) {
            int y = row * ratio + place / ratio;
            int x = column * ratio + place % ratio;
            ids[y * truth.width() + x] = largest(made, place * classes);
          }
        });
    return new LabelMap(truth.width(), truth.height(), ids);
  }

  /** Interpolates values (h,w,K), corners not aligned, as the decoders do. */
  private LabelMap interpolated(float[] coarse, LabelMap truth) {
    int ratio = blocks.ratio();
    int rows = truth.height() / ratio;
    int columns = truth.width() / ratio;
    byte[] ids = new byte[truth.ids().length];
    float[] made = new float[classes];
    for (int y = 0, at = 0; y < truth.height(); y++) {
      float down = source(y, ratio, rows);
      int upper = (int) down * columns;
      int lower = Math.min((int) down + 1, rows - 1) * columns;
      down -= (int) down;
      for (int x = 0; x < truth.width(); x++) {
        float across = source(x, ratio, columns);
        int left = (int) across;
        int right = Math.min(left + 1, columns - 1);
        across -= left;
        for (int id = 0; id < classes; id++) {
          float above =
              mixed(
                  coarse[(upper + left) * classes + id],
                  coarse[(upper + right) * classes + id],
                  across);
          float below =
              mixed(
                  coarse[(lower + left) * classes + id],
                  coarse[(lower + right) * classes + id],
                  across);
          made[id] = mixed(above, below, down);
        }
        ids[at++] = largest(made, 0);
      }
    }
    return new LabelMap(truth.width(), truth.height(), ids);
  }

  /** Where a fine pixel's centre lies among the coarse pixels' centres. */
  private static float source(int place, int ratio, int size) {
    return Math.min(Math.max((place + 0.5f) / ratio - 0.5f, 0), size - 1);
  }

  private static float mixed(float first, float second, float part) {
    return first + (second - first) * part;
  }

  private byte largest(float[] values, int from) {
    int best = 0;
    for (int id = 1; id < classes; id++) {
      best = values[from + id] > values[from + best] ? id : best;
    }
    return (byte) best;
  }
}
