package dev.inlay.pytorch;

import java.util.Optional;

/**
 * The set of weights that was taken from a checkpoint that has two of one network: those of the
 * last step and their moving average.
 *
 * @param kind which set was taken
 * @param place its key, or the beginning of its tensors' names
 * @param other the key or beginning of the other set; empty if the checkpoint has only this one
 */
public record WeightSet(Kind kind, String place, Optional<String> other) {

  /** The two sets. */
  public enum Kind {
    /** The weights of the last step. */
    RAW,
    /** An exponential moving average of the weights, or another average. */
    EMA;

    Kind opposite() {
      return this == RAW ? EMA : RAW;
    }
  }
}
