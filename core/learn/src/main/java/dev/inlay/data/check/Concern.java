package dev.inlay.data.check;

/**
 * What speaks against training on a dataset.
 *
 * @param weight how much it speaks against it
 * @param message one sentence or more, with the way out
 */
public record Concern(Weight weight, String message) {

  /** What a concern does to a training. */
  public enum Weight {
    /** Ends it: the training would end with it, too. */
    MISTAKE,
    /** Ends it unless someone asked for such a training, whose figures would mean nothing. */
    DOUBT,
    /** Is told. */
    NOTE
  }
}
