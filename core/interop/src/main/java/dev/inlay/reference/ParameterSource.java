package dev.inlay.reference;

import dev.inlay.graph.Parameter;
import dev.inlay.weights.ModelInfo;
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
import java.util.random.RandomGenerator;

/**
 * Writes what was transferred as a network's parameters: weights as F32, counts as I64. They pass
 * through small buffers, so that a large file takes little memory.
 */
final class ParameterSource {

  private static final int PIECE_BYTES = 1 << 18;

  /** Of fresh parameters; equal networks get equal ones. */
  private static final long SEED = 1;

  private final TensorFile file;
  private final Transfer transfer;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final ByteBuffer piece = piece();
  private final ByteBuffer theirs = piece();

  ParameterSource(TensorFile file, Transfer transfer) {
    this.file = file;
    this.transfer = transfer;
    transfer.inOrder().forEach(parameter -> parameters.put(parameter.name(), parameter));
  }

  /** What tensors pass through on their way from one file to another. */
  static ByteBuffer piece() {
    return ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  void save(Path path, ModelInfo info) {
    SafetensorsWriter.write(path, info.toMetadata(), tensors(), this::write);
  }

  void savePart(Path path, String stage) {
    SafetensorsWriter.write(path, PartInfo.metadata(stage), tensors(), this::write);
  }

  private List<TensorInfo> tensors() {
    return parameters.values().stream().map(TensorInfo::of).toList();
  }

  private void write(TensorInfo ours, WritableByteChannel to) throws IOException {
    Parameter parameter = Objects.requireNonNull(parameters.get(ours.name()));
    TensorInfo theirs = transfer.loaded().get(parameter);
    if (theirs == null && parameter.kind() == Parameter.Kind.COUNTER) {
      to.write(ByteBuffer.allocate((int) ours.bytes()));
    } else if (theirs == null) {
      writeFresh(parameter, to);
    } else if (theirs.type() == ours.type()) {
      file.copy(theirs, to, piece);
    } else {
      convert(theirs, to);
    }
  }

  private void convert(TensorInfo tensor, WritableByteChannel to) throws IOException {
    // No number takes more bytes than a long, there or here.
    int most = PIECE_BYTES / Long.BYTES * tensor.type().bytes();
    for (long from = 0; from < tensor.bytes(); from += theirs.limit()) {
      theirs.clear().limit((int) Math.min(most, tensor.bytes() - from));
      file.read(tensor, from, theirs);
      theirs.flip();
      piece.clear();
      if (tensor.type().floating()) {
        float[] floats = tensor.type().floats(theirs);
        piece.asFloatBuffer().put(floats);
        piece.limit(floats.length * Float.BYTES);
      } else {
        long[] longs = tensor.type().longs(theirs);
        piece.asLongBuffer().put(longs);
        piece.limit(longs.length * Long.BYTES);
      }
      to.write(piece);
    }
  }

  private void writeFresh(Parameter parameter, WritableByteChannel to) throws IOException {
    long[] shape = parameter.shape().stream().mapToLong(Long::longValue).toArray();
    RandomGenerator random = parameter.random(SEED);
    long left = parameter.size();
    while (left > 0) {
      int count = (int) Math.min(left, PIECE_BYTES / Float.BYTES);
      piece.clear().limit(count * Float.BYTES);
      parameter.init().fill(piece.asFloatBuffer(), shape, random);
      to.write(piece);
      left -= count;
    }
  }
}
