package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import dev.inlay.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the engine computed for a described tensor, without the values.
 *
 * @param shape the sizes of the axes
 * @param stored the engine's name of the elements' type, such as {@code float32}
 */
public record Measured(List<Long> shape, String stored) {

  static Measured of(NDArray array) {
    return new Measured(
        Arrays.stream(array.getShape().getShape()).boxed().toList(),
        array.getDataType().toString());
  }

  /** The type of tensors that are stored like this; empty for types that no description has. */
  public Optional<Tensor.Type> type() {
    return switch (stored) {
      case "float32" -> Optional.of(Tensor.Type.FLOAT);
      case "int64" -> Optional.of(Tensor.Type.INTEGER);
      case "boolean" -> Optional.of(Tensor.Type.BOOLEAN);
      default -> Optional.empty();
    };
  }
}
