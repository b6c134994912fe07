package dev.inlay.compile;

import dev.inlay.Check;
import dev.inlay.Tensor;
import dev.inlay.compile.pass.Bfloat16;
import dev.inlay.compile.pass.ChannelsLast;
import dev.inlay.compile.pass.Float64;
import dev.inlay.compile.pass.FoldedNorm;
import dev.inlay.compile.pass.FromPixels;
import dev.inlay.compile.pass.Pass;
import dev.inlay.compile.pass.ScoresInPieces;
import dev.inlay.compile.pass.SmallGrids;
import dev.inlay.compile.pass.ToClassIds;
import dev.inlay.compile.pass.WithoutDropout;
import java.util.List;
import java.util.stream.Stream;

/**
 * The mode and the passes of a program. Methods are to be combined in this order: {@link #folded},
 * {@link #inBfloat16}, {@link #channelsLast}.
 *
 * @param training whether batch statistics, dropout and updates of running statistics are in effect
 * @param passes the passes over the described graph, in order
 */
public record ProgramOptions(boolean training, List<Pass> passes) {

  /** Inference without further passes. */
  public static final ProgramOptions INFERENCE =
      new ProgramOptions(false, List.of(new WithoutDropout(), new ScoresInPieces()));

  /** Training without passes. */
  public static final ProgramOptions TRAINING = new ProgramOptions(true, List.of());

  public ProgramOptions {
    passes = List.copyOf(passes);
    Check.that(
        !(training && passes.stream().anyMatch(FoldedNorm.class::isInstance)),
        "fold is true while training; folded normalisation can't learn, so leave it out");
  }

  /**
   * Merges batch normalisation into the convolution before it, and convolves pooled grids before
   * they are upsampled. For inference only; results are equal up to rounding.
   */
  public ProgramOptions folded() {
    return with(new FoldedNorm(), new SmallGrids());
  }

  /** Convolutions and matrix products in bfloat16, parameters and all else in float32. */
  public ProgramOptions inBfloat16() {
    return with(new Bfloat16());
  }

  /** All floating-point numbers in double precision; inputs and parameters must be so, too. */
  public ProgramOptions inFloat64() {
    return with(new Float64());
  }

  /** Maps and weights in the channels-last memory layout. */
  public ProgramOptions channelsLast() {
    return with(new ChannelsLast());
  }

  /** Takes the image as bytes (B,H,W,3); the program normalises it. */
  public ProgramOptions fromPixels(Tensor image) {
    return new ProgramOptions(
        training, Stream.concat(Stream.of(FromPixels.of(image)), passes.stream()).toList());
  }

  /** Returns class ids (B,H,W) instead of logits. */
  public ProgramOptions toClassIds() {
    return with(new ToClassIds());
  }

  /** The same options with further passes at the end. */
  public ProgramOptions with(Pass... further) {
    return new ProgramOptions(
        training, Stream.concat(passes.stream(), Stream.of(further)).toList());
  }

  /** Whether the options have a pass of this class. */
  public boolean has(Class<? extends Pass> pass) {
    return passes.stream().anyMatch(pass::isInstance);
  }
}
