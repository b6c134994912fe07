package dev.inlay.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongConsumer;

/** Reads the numbers of one tensor after the other, some at a time, whatever their type. */
final class NumberReader {
  /** How many numbers are read at once; of the narrowest type, these are still whole pages. */
  static final int COUNT = 1 << 15;

  private final TensorFile file;
  private final TensorInfo tensor;
  private final LongConsumer progress;
  private final ByteBuffer piece;
  private long from;

  /**
   * A reader at the tensor's first number.
   *
   * @param progress is told of the bytes that were read, piece by piece
   */
  NumberReader(TensorFile file, TensorInfo tensor, LongConsumer progress) {
    this.file = file;
    this.tensor = tensor;
    this.progress = progress;
    piece =
        ByteBuffer.allocateDirect((int) Math.min(tensor.bytes(), COUNT * tensor.type().bytes()));
    piece.order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads the next numbers as doubles, which of all types I64 alone exceeds.
   *
   * @param into has room for {@link #COUNT}
   * @return how many there are; 0 behind the last
   */
  int next(double[] into) {
    int count = fill();
    TensorType type = tensor.type();
    // A loop for each type: a choice for each number would take longer than the rest.
    switch (type) {
      case F64 -> piece.asDoubleBuffer().get(into, 0, count);
      case F32, F16, BF16 -> {
        float[] floats = type.floats(piece);
        for (int i = 0; i < count; i++) {
          into[i] = floats[i];
        }
      }
      case I64, I32, I16, I8, U8, BOOL -> {
        long[] longs = type.longs(piece);
        for (int i = 0; i < count; i++) {
          into[i] = longs[i];
        }
      }
    }
    return count;
  }

  /**
   * Reads the next numbers of a whole type.
   *
   * @param into has room for {@link #COUNT}
   * @return how many there are; 0 behind the last
   */
  int next(long[] into) {
    int count = fill();
    System.arraycopy(tensor.type().longs(piece), 0, into, 0, count);
    return count;
  }

  private int fill() {
    int bytes = (int) Math.min(piece.capacity(), tensor.bytes() - from);
    if (bytes > 0) {
      piece.clear().limit(bytes);
      file.read(tensor, from, piece);
      piece.flip();
      from += bytes;
      progress.accept(bytes);
    }
    return bytes / tensor.type().bytes();
  }
}
