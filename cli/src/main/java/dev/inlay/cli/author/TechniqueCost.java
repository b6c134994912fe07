package dev.inlay.cli.author;

import dev.inlay.Backbone;
import dev.inlay.Decoder;
import dev.inlay.Technique;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.Costs;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.measure.Benchmark;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import org.jspecify.annotations.Nullable;

/**
 * What a technique with its default options costs, beside the same network without it.
 *
 * @param technique the technique's name
 * @param input the size of the images, BxCxHxW
 * @param without the network without it; null for a backbone, without which there is none
 * @param with the network with it
 */
record TechniqueCost(String technique, String input, @Nullable Network without, Network with) {

  /**
   * The cost of one network.
   *
   * @param parameters trained values
   * @param multiplyAdds those of one batch in inference
   * @param forwardMs the median time of a prediction
   * @param stepMs the median time of a training step: forward, backward and update
   */
  record Network(
      String spec, long parameters, long multiplyAdds, double forwardMs, double stepMs) {}

  private static final int BATCH = 2;
  private static final int[] SIDES = {128, 256, 512};
  private static final int CLASSES = 19;
  private static final int RUNS = 3;
  private static final String MAPS = "given(channels=[32, 64, 128, 256], strides=[4, 8, 16, 16])";
  private static final String LOGITS = "given-classifier";

  /** Measures a technique of networks. */
  static TechniqueCost of(Technique<?> technique, Techniques techniques) {
    String name = technique.name();
    boolean first = technique instanceof Backbone;
    String with =
        first
            ? name + " | " + LOGITS
            : MAPS + " | " + name + (technique instanceof Decoder ? "" : " | " + LOGITS);
    int side = side(with, techniques);
    return new TechniqueCost(
        name,
        "%dx3x%dx%d".formatted(BATCH, side, side),
        first ? null : measured(MAPS + " | " + LOGITS, side, techniques),
        measured(with, side, techniques));
  }

  /** The smallest of three sizes that the technique learns from. */
  private static int side(String spec, Techniques techniques) {
    Assembly assembly = Assembly.of(NetworkSpec.parse(spec, techniques), CLASSES);
    for (int side : SIDES) {
      try {
        assembly.requireCrop(side, side);
        return side;
      } catch (dev.inlay.InlayException e) {
        continue; // Too small for it; the next size may do.
      }
    }
    return SIDES[SIDES.length - 1];
  }

  private static Network measured(String spec, int side, Techniques techniques) {
    Assembly assembly = Assembly.of(NetworkSpec.parse(spec, techniques), CLASSES);
    Costs.Sum sum = Costs.of(assembly, BATCH, side, side).total();
    return new Network(
        spec,
        sum.parameters(),
        sum.convMacs() + sum.attentionMacs(),
        time(spec, side, ProgramOptions.INFERENCE, techniques),
        time(spec, side, ProgramOptions.TRAINING, techniques));
  }

  private static double time(String spec, int side, ProgramOptions options, Techniques techniques) {
    return new Benchmark(spec, CLASSES, BATCH, side, side, options, "auto", RUNS)
        .measure(techniques)
        .median();
  }
}
