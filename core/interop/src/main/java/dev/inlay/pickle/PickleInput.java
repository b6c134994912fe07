package dev.inlay.pickle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a pickle, read through a buffer of fixed size whatever lengths the pickle declares.
 */
public final class PickleInput {
  private static final int PIECE = 1 << 16;
  private static final int LONGEST_LINE = 1 << 16;

  private final FileChannel file;
  private final FileErrors errors;
  private final long end;
  private final ByteBuffer piece =
      ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long pieceEnd;

  /** Reads the bytes of a file from {@code start} to before {@code end}. */
  public PickleInput(FileChannel file, long start, long end, FileErrors errors) {
    this.file = file;
    this.errors = errors;
    this.end = end;
    pieceEnd = start;
  }

  FileErrors errors() {
    return errors;
  }

  /** The position of the next byte in the file. */
  public long position() {
    return pieceEnd - piece.remaining();
  }

  /** The next byte, 0 to 255. */
  int next() {
    require(1);
    return Byte.toUnsignedInt(piece.get());
  }

  /** A little-endian number of 1, 2, 4 or 8 bytes; unsigned up to 4. */
  long number(int bytes) {
    require(bytes);
    return switch (bytes) {
      case 1 -> Byte.toUnsignedLong(piece.get());
      case 2 -> Short.toUnsignedLong(piece.getShort());
      case 4 -> Integer.toUnsignedLong(piece.getInt());
      default -> piece.getLong();
    };
  }

  /** The next {@code count} bytes; the caller has bounded the count. */
  byte[] bytes(long count) {
    requireWithin(count);
    byte[] bytes = new byte[Math.toIntExact(count)];
    int done = 0;
    while (done < bytes.length) {
      require(1);
      int part = Math.min(piece.remaining(), bytes.length - done);
      piece.get(bytes, done, part);
      done += part;
    }
    return bytes;
  }

  /** Skips bytes without reading them. */
  void skip(long count) {
    requireWithin(count);
    if (count <= piece.remaining()) {
      piece.position(piece.position() + (int) count);
    } else {
      pieceEnd = position() + count;
      piece.limit(0);
    }
  }

  /** The characters up to the next line feed, one for each byte. */
  String line() {
    StringBuilder line = new StringBuilder();
    for (int c = next(); c != '\n'; c = next()) {
      line.append((char) c);
      if (line.length() > LONGEST_LINE) {
        throw errors.damaged(
            "its pickle has a line of more than %d bytes.".formatted(LONGEST_LINE));
      }
    }
    return line.toString();
  }

  /** The UTF-8 text up to the next line feed. */
  String utf8Line() {
    return new String(line().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Refuses a length that exceeds the rest of the pickle. */
  void requireWithin(long count) {
    if (count < 0 || count > end - position()) {
      throw errors.damaged(
          "its pickle declares a value of %s bytes, but only %d follow."
              .formatted(Long.toUnsignedString(count), end - position()));
    }
  }

  private void require(int count) {
    if (piece.remaining() >= count) {
      return;
    }
    piece.compact();
    piece.limit((int) Math.min(piece.capacity(), piece.position() + (end - pieceEnd)));
    try {
      while (piece.position() < count && piece.hasRemaining()) {
        int read = file.read(piece, pieceEnd);
        if (read < 0) {
          break;
        }
        pieceEnd += read;
      }
    } catch (IOException e) {
      throw errors.unreadable(e);
    }
    piece.flip();
    if (piece.remaining() < count) {
      throw errors.damaged("it ends in the middle of its pickle.");
    }
  }
}
