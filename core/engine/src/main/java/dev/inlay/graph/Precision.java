package dev.inlay.graph;

/** The precision of an operator in a program that computes in bfloat16. */
public enum Precision {
  /** bfloat16, for convolutions and products, which take the time and average out rounding. */
  LOW,
  /** float32, for softmax, statistics and losses, which are sensitive to rounding. */
  FULL,
  /** The precision of the operands; mixed operands are converted to float32. */
  FOLLOW
}
