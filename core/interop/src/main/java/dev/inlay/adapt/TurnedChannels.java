package dev.inlay.adapt;

import dev.inlay.weights.TensorInfo;

/**
 * The weight (O,3,kh,kw) of a convolution with its input channels in the reverse order: for an
 * image with its colours in the reverse order, the convolution gives the same result.
 *
 * @param original the tensor as the file has it, which may lack dimensions of size 1
 * @param outputs the number O of output channels
 */
record TurnedChannels(TensorInfo original, int outputs) implements Adaptation {

  private static final int COLOURS = 3;

  @Override
  public TensorInfo adapted() {
    return original;
  }

  @Override
  public byte[] bytes(byte[] from) {
    int window = from.length / (outputs * COLOURS);
    byte[] to = new byte[from.length];
    for (int output = 0; output < outputs; output++) {
      for (int colour = 0; colour < COLOURS; colour++) {
        int source = (output * COLOURS + COLOURS - 1 - colour) * window;
        System.arraycopy(from, source, to, (output * COLOURS + colour) * window, window);
      }
    }
    return to;
  }
}
