package dev.inlay.compile;

import dev.inlay.Check;
import dev.inlay.Tensor;
import dev.inlay.compile.pass.Bfloat16;
import dev.inlay.compile.pass.ChannelsLast;
import dev.inlay.compile.pass.FoldedNorm;
import dev.inlay.compile.pass.FromPixels;
import dev.inlay.compile.pass.Pass;
import dev.inlay.compile.pass.SmallGrids;
import dev.inlay.compile.pass.ToClassIds;
import dev.inlay.compile.pass.WithoutDropout;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a program is to run. The choices that have names go together in this order: {@link #folded},
 * {@link #inBfloat16}, {@link #channelsLast}.
 *
 * @param training normalise by the batch, drop out, move running statistics
 * @param passes the rewritings that the described graph goes through, in order
 */
public record ProgramOptions(boolean training, List<Pass> passes) {

  /** Inference, as described. */
  public static final ProgramOptions INFERENCE =
      new ProgramOptions(false, List.of(new WithoutDropout()));

  /** Training, as described. */
  public static final ProgramOptions TRAINING = new ProgramOptions(true, List.of());

  public ProgramOptions {
    passes = List.copyOf(passes);
    Check.that(
        !(training && passes.stream().anyMatch(FoldedNorm.class::isInstance)),
        "fold is true while training; folded normalisation can't learn, so leave it out");
  }

  /**
   * Batch normalisation merged into the convolution before it, and pooled grids convolved before
   * they are enlarged; the same values up to rounding, for inference only.
   */
  public ProgramOptions folded() {
    return with(new FoldedNorm(), new SmallGrids());
  }

  /** Convolutions and products in bfloat16, parameters and the rest in float32. */
  public ProgramOptions inBfloat16() {
    return with(new Bfloat16());
  }

  /** Maps and weights laid out with channels innermost. */
  public ProgramOptions channelsLast() {
    return with(new ChannelsLast());
  }

  /** The image taken as bytes (B,H,W,3), which the program normalises. */
  public ProgramOptions fromPixels(Tensor image) {
    return new ProgramOptions(
        training, Stream.concat(Stream.of(FromPixels.of(image)), passes.stream()).toList());
  }

  /** The most likely class of each pixel instead of the logits. */
  public ProgramOptions toClassIds() {
    return with(new ToClassIds());
  }

  /** The same with further rewritings at the end. */
  public ProgramOptions with(Pass... further) {
    return new ProgramOptions(
        training, Stream.concat(passes.stream(), Stream.of(further)).toList());
  }

  /** Whether the program goes through a rewriting. */
  public boolean has(Class<? extends Pass> pass) {
    return passes.stream().anyMatch(pass::isInstance);
  }
}
