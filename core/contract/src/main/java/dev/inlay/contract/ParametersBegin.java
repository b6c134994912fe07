package dev.inlay.contract;

import dev.inlay.graph.Parameter;
import dev.inlay.guard.Guard;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Initial values are filled in pieces, by a seed; both must not show in them. */
final class ParametersBegin implements Rule {

  /** The engine's parameters are filled in pieces of this size. */
  private static final int PIECE = 1 << 17;

  @Override
  public String name() {
    return "initial-values";
  }

  @Override
  public String says() {
    return "Every parameter has finite initial values, the same for the same seed.";
  }

  @Override
  public Verdict check(Subject subject) {
    int count = 0;
    for (String options : subject.samples()) {
      TrialNetwork network = subject.network(options);
      for (Parameter parameter : network.own()) {
        count++;
        String found = parameter.kind() == Parameter.Kind.COUNTER ? "" : found(subject, parameter);
        if (!found.isEmpty()) {
          return Verdict.failed(
              network.toString(),
              "The parameter '%s' of shape %s %s"
                  .formatted(parameter.name(), parameter.shape(), found),
              "Let its Init put a value for each place that remains in the buffer, from the given generator alone; Init.KAIMING, Init.ZERO, Init.ONE and Init.normal do.",
              "");
        }
      }
    }
    return Verdict.passed("%d parameters".formatted(count));
  }

  private static String found(Subject subject, Parameter parameter) {
    float[] whole = filled(subject, parameter, Integer.MAX_VALUE);
    if (Values.notFinite(whole) > 0) {
      return "has %d initial values that are not set, NaN or infinite."
          .formatted(Values.notFinite(whole));
    }
    if (!Arrays.equals(whole, filled(subject, parameter, Integer.MAX_VALUE))) {
      return "has other initial values at each try.";
    }
    return Arrays.equals(whole, filled(subject, parameter, PIECE))
        ? ""
        : "has other initial values if it is filled in pieces.";
  }

  /** The initial values, filled in pieces of at most this size; NaN where nothing was put. */
  private static float[] filled(Subject subject, Parameter parameter, int most) {
    float[] values = new float[Math.toIntExact(parameter.size())];
    Arrays.fill(values, Float.NaN);
    SplittableRandom random = new SplittableRandom(5);
    long[] shape = TrialNetwork.sizes(parameter);
    Guard.call(
        subject.technique(),
        () -> {
          for (int from = 0, to; from < values.length; from = to) {
            to = from + Math.min(most, values.length - from);
            parameter.init().fill(FloatBuffer.wrap(values, from, to - from), shape, random);
          }
          return true;
        });
    return values;
  }
}
