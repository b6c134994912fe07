package dev.inlay.plugins.hybridattention;

/** The readings of class augmented attention. */
public enum Form {
  /** Squeeze and excitation of the classes: a rectifier between both layers, a sigmoid after. */
  SE,
  /** That of a published code: neither of them, and a normalised class map. */
  PLAIN
}
