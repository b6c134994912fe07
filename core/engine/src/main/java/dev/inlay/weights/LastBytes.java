package dev.inlay.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Kinds of files by their last bytes. */
final class LastBytes {

  /** How many of the last bytes are looked at. */
  static final int COUNT = Long.BYTES;

  /** The end of a table of LevelDB, as TensorFlow writes the index of a checkpoint. */
  private static final long TABLE = 0xdb4775248b80fb57L;

  private LastBytes() {}

  static Optional<FileKind> kind(byte[] end) {
    boolean table =
        end.length == COUNT
            && ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getLong() == TABLE;
    return table ? Optional.of(FileNames.TENSORFLOW) : Optional.empty();
  }
}
