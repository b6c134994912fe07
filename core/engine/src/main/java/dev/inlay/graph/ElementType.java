package dev.inlay.graph;

/** The storage type of elements, for conversions in a program. */
public enum ElementType {
  FLOAT32,
  /** For comparisons of gradients with differences, which single precision is too coarse for. */
  FLOAT64,
  BFLOAT16,
  /** A whole number from 0 to 255, the type of class ids in results. */
  UINT8
}
