package dev.inlay.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.LongConsumer;

/** Reads the numbers of a tensor of any type in pieces. */
final class NumberReader {
  /** The numbers in a piece: a whole number of pages, even for the narrowest type. */
  static final int COUNT = 1 << 15;

  private final TensorFile file;
  private final TensorInfo tensor;
  private final LongConsumer progress;
  private final ByteBuffer piece;
  private long from;

  /**
   * A reader at the tensor's first number.
   *
   * @param progress gets the number of bytes after each piece
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
   * Reads the next numbers as doubles, which are exact for all types but I64.
   *
   * @param into the target, with room for {@link #COUNT} numbers
   * @return the number of numbers; 0 at the end
   */
  int next(double[] into) {
    int count = fill();
    TensorType type = tensor.type();
    // One loop for each type, because a switch for each number would dominate the time.
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
   * @param into the target, with room for {@link #COUNT} numbers
   * @return the number of numbers; 0 at the end
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
