package dev.inlay.predict;

/** Probabilities that a test states. */
public final class ProbabilitiesOf {

  private ProbabilitiesOf() {}

  /** Values (K,H,W). */
  public static Probabilities values(int classes, int width, int height, float... values) {
    return new Probabilities(classes, width, height, values);
  }
}
