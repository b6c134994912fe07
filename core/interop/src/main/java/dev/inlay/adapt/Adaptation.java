package dev.inlay.adapt;

import dev.inlay.weights.TensorInfo;

/** A tensor of a file that becomes another tensor of the same name and type. */
interface Adaptation {

  /** The tensor as the file has it. */
  TensorInfo original();

  /** The tensor that it becomes. */
  TensorInfo adapted();

  /**
   * The bytes of the adapted tensor, row-major and little-endian.
   *
   * @param original the bytes of the original
   */
  byte[] bytes(byte[] original);
}
