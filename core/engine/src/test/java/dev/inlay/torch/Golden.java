package dev.inlay.torch;

import dev.inlay.Tensor;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.TensorType;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Values that PyTorch computed: the files that operators.py writes. */
record Golden(Map<String, HostArray> values, Map<String, Tensor.Type> types) {

  static Golden read(String name) {
    Map<String, HostArray> values = new LinkedHashMap<>();
    Map<String, Tensor.Type> types = new LinkedHashMap<>();
    try (Safetensors file = Safetensors.open(path("/golden/" + name + ".safetensors"))) {
      file.tensors()
          .forEach(
              (key, entry) -> {
                ByteBuffer bytes = ByteBuffer.allocate((int) entry.bytes());
                file.read(entry, bytes);
                bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
                float[] floats = new float[(int) entry.elements()];
                for (int i = 0; i < floats.length; i++) {
                  floats[i] = next(entry.type(), bytes);
                }
                long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
                values.put(key, new HostArray(shape, floats));
                types.put(key, type(entry.type()));
              });
    }
    return new Golden(values, types);
  }

  HostArray get(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  private static float next(TensorType type, ByteBuffer bytes) {
    return switch (type) {
      case F32 -> bytes.getFloat();
      case I64 -> bytes.getLong();
      case BOOL -> bytes.get();
      default -> throw new IllegalStateException("no golden value is " + type);
    };
  }

  private static Tensor.Type type(TensorType type) {
    return switch (type) {
      case F32 -> Tensor.Type.FLOAT;
      case I64 -> Tensor.Type.INTEGER;
      case BOOL -> Tensor.Type.BOOLEAN;
      default -> throw new IllegalStateException("no golden value is " + type);
    };
  }

  private static Path path(String resource) {
    try {
      return Path.of(Objects.requireNonNull(Golden.class.getResource(resource), resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
