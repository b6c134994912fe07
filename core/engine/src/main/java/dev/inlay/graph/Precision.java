package dev.inlay.graph;

/** In which precision an operator works when a program computes in bfloat16. */
public enum Precision {
  /** Where the time goes and rounding is averaged out: convolutions and products. */
  LOW,
  /** Where rounding would tell: softmax, statistics, losses. */
  FULL,
  /** In the precision of what it gets; mixed operands are widened. */
  FOLLOW
}
