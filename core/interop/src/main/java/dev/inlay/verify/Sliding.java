package dev.inlay.verify;

import dev.inlay.reference.Windows;
import dev.inlay.torch.HostArray;
import java.util.function.UnaryOperator;

/**
 * Sliding-window inference: logits are averaged where windows overlap. The last window of a row or
 * column ends at the border.
 *
 * @param output the number of the output that is computed so
 */
record Sliding(int output, Windows windows) {

  /** Logits (B,K,H,W) of images (B,3,H,W); {@code network} computes those of one window. */
  HostArray run(HostArray images, UnaryOperator<HostArray> network) {
    int rows = (int) images.shape()[2];
    int columns = (int) images.shape()[3];
    float[] sum = {};
    float[] count = {};
    long[] shape = images.shape().clone();
    for (int y = 0;
        y == 0 || y - windows.stepDown() + windows.height() < rows;
        y += windows.stepDown()) {
      for (int x = 0;
          x == 0 || x - windows.stepRight() + windows.width() < columns;
          x += windows.stepRight()) {
        int bottom = Math.min(y + windows.height(), rows);
        int right = Math.min(x + windows.width(), columns);
        int top = Math.max(bottom - windows.height(), 0);
        int left = Math.max(right - windows.width(), 0);
        HostArray logits = network.apply(window(images, top, left, bottom, right));
        shape[1] = logits.shape()[1];
        if (sum.length == 0) {
          sum = new float[(int) (shape[0] * shape[1] * rows * columns)];
          count = new float[sum.length];
        }
        add(logits, sum, count, top, left, rows, columns);
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= count[i];
    }
    return new HostArray(shape, sum);
  }

  private static HostArray window(HostArray from, int top, int left, int bottom, int right) {
    long[] shape = {from.shape()[0], from.shape()[1], bottom - top, right - left};
    int columns = (int) from.shape()[3];
    int plane = (int) from.shape()[2] * columns;
    int wide = right - left;
    float[] values = new float[(int) (shape[0] * shape[1] * shape[2] * shape[3])];
    int at = 0;
    for (int p = 0; p < shape[0] * shape[1]; p++) {
      for (int y = top; y < bottom; y++, at += wide) {
        System.arraycopy(from.values(), p * plane + y * columns + left, values, at, wide);
      }
    }
    return new HostArray(shape, values);
  }

  private static void add(
      HostArray logits, float[] sum, float[] count, int top, int left, int rows, int columns) {
    int high = (int) logits.shape()[2];
    int wide = (int) logits.shape()[3];
    for (int i = 0; i < logits.values().length; i++) {
      int y = top + i / wide % high;
      int to = (i / (high * wide) * rows + y) * columns + left + i % wide;
      sum[to] += logits.values()[i];
      count[to]++;
    }
  }
}
