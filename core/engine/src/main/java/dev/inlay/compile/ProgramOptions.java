package dev.inlay.compile;

import dev.inlay.Check;

/**
 * How a program is to run.
 *
 * @param training normalise by the batch, drop out, move running statistics
 * @param fold merge batch normalisation into the convolution before it, and convolve pooled grids
 *     before they are enlarged; the same values up to rounding, for inference only
 * @param channelsLast lay maps and weights out with channels innermost
 * @param bfloat16 convolutions and products in bfloat16, parameters and the rest in float32
 */
public record ProgramOptions(
    boolean training, boolean fold, boolean channelsLast, boolean bfloat16) {

  /** Inference, as described. */
  public static final ProgramOptions INFERENCE = new ProgramOptions(false, false, false, false);

  /** Training, as described. */
  public static final ProgramOptions TRAINING = new ProgramOptions(true, false, false, false);

  public ProgramOptions {
    Check.that(
        !(training && fold),
        "fold is true while training; folded normalisation can't learn, so leave it out");
  }
}
