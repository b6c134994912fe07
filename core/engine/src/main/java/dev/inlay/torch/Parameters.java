package dev.inlay.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.inlay.Init;
import dev.inlay.graph.Parameter;
import dev.inlay.weights.NonFinite;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The stored values of a network in the engine's memory, by name. They are filled in pieces, so
 * that Java's memory never holds a second copy of a large one.
 */
final class Parameters implements AutoCloseable {

  private static final int PIECE = 1 << 17;

  private final NDManager manager;
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();

  /** Allocates parameters. Counters and parameters with zeros as initial values are already set. */
  Parameters(NDManager parent, Collection<Parameter> parameters) {
    manager = parent.newSubManager();
    for (Parameter parameter : parameters) {
      Shape shape = new Shape(parameter.shape());
      boolean counts = parameter.kind() == Parameter.Kind.COUNTER;
      arrays.put(
          parameter.name(),
          counts || parameter.init() == Init.ZERO
              ? manager.zeros(shape, counts ? DataType.INT64 : DataType.FLOAT32)
              : manager.create(shape, DataType.FLOAT32));
    }
  }

  NDArray get(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  List<NDArray> get(List<String> names) {
    return names.stream().map(this::get).toList();
  }

  /** Releases the memory of all other values. */
  void keepOnly(Collection<String> names) {
    arrays
        .entrySet()
        .removeIf(
            entry -> {
              boolean needless = !names.contains(entry.getKey());
              if (needless) {
                entry.getValue().close();
              }
              return needless;
            });
  }

  /** Sets the initial values of a parameter, which the seed and its name determine. */
  void initialize(Parameter parameter, long seed) {
    if (parameter.kind() == Parameter.Kind.COUNTER || parameter.init() == Init.ZERO) {
      return;
    }
    RandomGenerator random = parameter.random(seed);
    fill(parameter.name(), bytes -> parameter.fill(bytes.asFloatBuffer(), random));
  }

  /** Supplies the next bytes of a value, in the engine's byte order. */
  interface Filler {
    void fill(ByteBuffer piece);
  }

  /** Fills a value in pieces. */
  void fill(String name, Filler filler) {
    NDArray array = get(name);
    int width = array.getDataType().getNumOfBytes();
    ByteBuffer piece =
        ByteBuffer.allocateDirect((int) Math.min(PIECE, array.size()) * width)
            .order(ByteOrder.nativeOrder());
    try (NDArray flat = array.reshape(-1)) {
      for (long from = 0; from < array.size(); from += PIECE) {
        int count = (int) Math.min(PIECE, array.size() - from);
        piece.clear().limit(count * width);
        filler.fill(piece);
        piece.rewind();
        try (NDArray values = manager.create(piece, new Shape(count), array.getDataType())) {
          flat.set(new NDIndex("{}:{}", from, from + count), values);
        }
      }
    }
  }

  /** Reads a value from a file's tensor of the same number of elements and the same kind. */
  void read(String name, TensorFile file, TensorInfo tensor) {
    read(name, file, tensor, new NonFinite());
  }

  /**
   * As {@link #read(String, TensorFile, TensorInfo)}.
   *
   * @param numbers looks at the values
   */
  void read(String name, TensorFile file, TensorInfo tensor, NonFinite numbers) {
    if (tensor.type() == TensorType.F32 || tensor.type() == TensorType.I64) {
      long[] from = {0};
      fill(
          name,
          piece -> {
            int length = piece.remaining();
            file.read(tensor, from[0], piece);
            numbers.look(tensor, from[0] / tensor.type().bytes(), piece.flip());
            from[0] += length;
          });
    } else if (tensor.type().floating()) {
      FloatBuffer values = FloatBuffer.wrap(file.floats(tensor));
      numbers.look(tensor.name(), 0, values);
      fill(
          name,
          piece -> {
            int count = piece.remaining() / Float.BYTES;
            piece.asFloatBuffer().put(values.slice(values.position(), count));
            values.position(values.position() + count);
          });
    } else {
      LongBuffer values = LongBuffer.wrap(file.longs(tensor));
      fill(
          name,
          piece -> {
            int count = piece.remaining() / Long.BYTES;
            piece.asLongBuffer().put(values.slice(values.position(), count));
            values.position(values.position() + count);
          });
    }
  }

  /** Looks for NaN and infinite numbers in a value, which the report calls by another name. */
  void look(String name, String reported, NonFinite numbers) {
    try (NDArray plain = get(name).stopGradient()) {
      if (plain.getDataType() == DataType.FLOAT32) {
        numbers.look(reported, 0, plain.toByteBuffer().asFloatBuffer());
      }
    }
  }

  /** Writes a value's bytes, little-endian. */
  void write(String name, WritableByteChannel channel) throws IOException {
    try (NDArray plain = get(name).stopGradient()) {
      ByteBuffer bytes = plain.toByteBuffer();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
