package dev.inlay.reference;

import dev.inlay.graph.Parameter;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.NonFinite;
import dev.inlay.weights.PartInfo;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Writes the parameters of a network from a matched file: weights as F32, batch counters as I64.
 * The data passes through small buffers, so a large file needs little memory.
 */
final class ParameterSource {

  private static final int PIECE_BYTES = 1 << 18;

  /** The seed of fresh parameters, fixed so that equal networks get equal values. */
  private static final long SEED = 1;

  private final TensorFile file;
  private final Transfer transfer;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final ByteBuffer piece = piece();
  private final ByteBuffer source = piece();

  ParameterSource(TensorFile file, Transfer transfer) {
    this.file = file;
    this.transfer = transfer;
    transfer.inOrder().forEach(parameter -> parameters.put(parameter.name(), parameter));
  }

  /** A buffer for copying tensors from one file to another. */
  static ByteBuffer piece() {
    return ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Saves a model.
   *
   * @param whole looks at all numbers that were written, and throws if the file shall not appear
   */
  void save(Path path, ModelInfo info, Consumer<NonFinite> whole) {
    save(path, info.toMetadata(), whole);
  }

  /** Saves a part, as {@link #save(Path, ModelInfo, Consumer)} saves a model. */
  void savePart(Path path, String stage, Consumer<NonFinite> whole) {
    save(path, PartInfo.metadata(stage), whole);
  }

  private void save(Path path, Map<String, String> metadata, Consumer<NonFinite> whole) {
    NonFinite numbers = new NonFinite();
    List<TensorInfo> tensors = tensors();
    SafetensorsWriter.write(
        path,
        metadata,
        tensors,
        numbers.watching(this::write, tensors.size(), () -> whole.accept(numbers)));
  }

  private List<TensorInfo> tensors() {
    return parameters.values().stream().map(TensorInfo::of).toList();
  }

  private void write(TensorInfo target, WritableByteChannel to) throws IOException {
    Parameter parameter = Objects.requireNonNull(parameters.get(target.name()));
    TensorInfo loaded = transfer.loaded().get(parameter);
    if (loaded == null && parameter.kind() == Parameter.Kind.COUNTER) {
      to.write(ByteBuffer.allocate((int) target.bytes()));
    } else if (loaded == null) {
      writeFresh(parameter, to);
    } else if (loaded.type() == target.type()) {
      file.copy(loaded, to, piece);
    } else {
      convert(loaded, to);
    }
  }

  private void convert(TensorInfo tensor, WritableByteChannel to) throws IOException {
    // No number of either file takes more bytes than a long.
    int most = PIECE_BYTES / Long.BYTES * tensor.type().bytes();
    for (long from = 0; from < tensor.bytes(); from += source.limit()) {
      source.clear().limit((int) Math.min(most, tensor.bytes() - from));
      file.read(tensor, from, source);
      source.flip();
      piece.clear();
      if (tensor.type().floating()) {
        float[] floats = tensor.type().floats(source);
        piece.asFloatBuffer().put(floats);
        piece.limit(floats.length * Float.BYTES);
      } else {
        long[] longs = tensor.type().longs(source);
        piece.asLongBuffer().put(longs);
        piece.limit(longs.length * Long.BYTES);
      }
      to.write(piece);
    }
  }

  private void writeFresh(Parameter parameter, WritableByteChannel to) throws IOException {
    RandomGenerator random = parameter.random(SEED);
    long left = parameter.size();
    while (left > 0) {
      int count = (int) Math.min(left, PIECE_BYTES / Float.BYTES);
      piece.clear().limit(count * Float.BYTES);
      parameter.fill(piece.asFloatBuffer(), random);
      to.write(piece);
      left -= count;
    }
  }
}
