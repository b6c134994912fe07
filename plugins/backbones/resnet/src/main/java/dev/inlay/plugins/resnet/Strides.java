package dev.inlay.plugins.resnet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The strides of the stages of a residual network, and the dilations that follow from them. */
final class Strides {

  private static final int[] USUAL = {8, 16, 32};

  private Strides() {}

  /** The strides of the four stages for an output stride of 8, 16 or 32. */
  static List<Integer> of(int stride) {
    return List.of(1, 2, stride >= 16 ? 2 : 1, stride == 32 ? 2 : 1);
  }

  /** The output stride from which these stage strides follow; the default if there is none. */
  static int nearest(List<Integer> steps) {
    for (int stride : USUAL) {
      if (of(stride).equals(steps)) {
        return stride;
      }
    }
    return USUAL[0];
  }

  /** The dilations that keep each stage's receptive field as large as in a network of stride 32. */
  static List<Integer> dilations(List<Integer> steps) {
    List<Integer> dilations = new ArrayList<>();
    int made = 1;
    for (int stage = 0; stage < steps.size(); stage++) {
      made *= steps.get(stage);
      dilations.add(Math.max(1, (1 << stage) / made));
    }
    return dilations;
  }

  /** The default dilations of a stage's blocks. */
  static List<Integer> grid(int dilation, int blocks, boolean contracts) {
    List<Integer> grid = new ArrayList<>(Collections.nCopies(blocks, dilation));
    grid.set(0, contracts && dilation > 1 ? dilation / 2 : dilation);
    return grid;
  }
}
