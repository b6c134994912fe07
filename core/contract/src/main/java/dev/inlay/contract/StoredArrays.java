package dev.inlay.contract;

import dev.inlay.torch.HostArray;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Arrays in a safetensors file, by name. */
public final class StoredArrays {

  private StoredArrays() {}

  /** Writes arrays as 32-bit numbers. */
  public static void write(Path file, Map<String, HostArray> arrays) {
    List<TensorInfo> tensors = new ArrayList<>();
    arrays.forEach(
        (name, array) -> {
          List<Long> shape = Arrays.stream(array.shape()).boxed().toList();
          tensors.add(new TensorInfo(name, TensorType.F32, shape));
        });
    SafetensorsWriter.write(
        file,
        Map.of(),
        tensors,
        (tensor, channel) -> {
          float[] values = Objects.requireNonNull(arrays.get(tensor.name())).values();
          ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
          bytes.asFloatBuffer().put(values);
          channel.write(bytes);
        });
  }

  /** Reads all arrays of a file. */
  public static Map<String, HostArray> read(Path file) {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    try (Safetensors stored = Safetensors.open(file)) {
      for (TensorInfo entry : stored.tensors().values()) {
        long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
        arrays.put(entry.name(), new HostArray(shape, stored.floats(entry)));
      }
    }
    return arrays;
  }
}
