package dev.inlay.graph;

/** How one element is stored, where a program says so itself. */
public enum ElementType {
  FLOAT32,
  BFLOAT16,
  /** A whole number from 0 to 255, as class ids leave a program. */
  UINT8
}
