package dev.inlay.weights;

import dev.inlay.graph.Parameter;
import java.util.List;

/**
 * The name, number format and shape of a tensor.
 *
 * @param name the tensor's key in the file
 * @param type the format of its numbers
 * @param shape its dimensions, outermost first; empty for a scalar
 */
public record TensorInfo(String name, TensorType type, List<Long> shape) {

  /**
   * Checks the description.
   *
   * @throws IllegalArgumentException if a dimension is negative or the tensor's bytes exceed a long
   */
  public TensorInfo {
    shape = List.copyOf(shape);
    if (bytes(type, shape) < 0) {
      throw new IllegalArgumentException(
          "Tensor %s cannot have the shape %s.".formatted(Text.quoted(name), Text.shape(shape)));
    }
  }

  /** The tensor of a parameter in files: weights and buffers are F32, counters I64. */
  public static TensorInfo of(Parameter parameter) {
    boolean counts = parameter.kind() == Parameter.Kind.COUNTER;
    TensorType type = counts ? TensorType.I64 : TensorType.F32;
    return new TensorInfo(parameter.name(), type, parameter.shape());
  }

  /** The number of its elements; 1 for a scalar. */
  public long elements() {
    return bytes() / type.bytes();
  }

  /** Its size in bytes. */
  public long bytes() {
    return bytes(type, shape);
  }

  /** The size of a tensor in bytes, or -1 if a dimension is negative or the size exceeds a long. */
  static long bytes(TensorType type, List<Long> shape) {
    long bytes = type.bytes();
    try {
      for (long dimension : shape) {
        if (dimension < 0) {
          return -1;
        }
        bytes = Math.multiplyExact(bytes, dimension);
      }
    } catch (ArithmeticException overflow) {
      return -1;
    }
    return bytes;
  }

  @Override
  public String toString() {
    return name + " " + type + " " + Text.shape(shape);
  }
}
