package dev.inlay.image.format;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The unpacked data of the IDAT chunks of a PNG, read as far as it is asked for: what a stream
 * would unpack to beyond the rows of the image costs nothing.
 */
final class PngData implements AutoCloseable {
  static final int CHUNK = 0x49444154;
  private static final int CHECKSUM = 4;
  private static final int BLOCK = 1 << 13;
  private static final int FEW = 1 << 9;

  private final ImageBytes file;
  private final Inflater inflater = new Inflater();
  private final byte[] packed = new byte[BLOCK];
  private final byte[] unpacked = new byte[BLOCK];
  private int from;
  private int to;
  private long left;
  private long wanted;

  /**
   * Begins with the first chunk.
   *
   * @param length of the data of the first chunk, at which the file stands
   * @param wanted how many bytes will be asked for in all
   */
  PngData(ImageBytes file, long length, long wanted) {
    this.file = file;
    this.left = length;
    this.wanted = wanted;
  }

  /** Unpacks exactly so many bytes; few of them come from a block, because each call costs. */
  void read(byte[] target, int at, int count) throws IOException {
    int end = at + count;
    for (int i = at; i < end; ) {
      if (from < to) {
        int copied = Math.min(end - i, to - from);
        System.arraycopy(unpacked, from, target, i, copied);
        from += copied;
        i += copied;
      } else if (end - i >= FEW) {
        i += inflate(target, i, end - i);
      } else {
        from = 0;
        to = inflate(unpacked, 0, (int) Math.min(BLOCK, wanted));
      }
    }
  }

  private int inflate(byte[] target, int at, int count) throws IOException {
    try {
      int done = inflater.inflate(target, at, count);
      while (done == 0) {
        if (inflater.finished() || inflater.needsDictionary()) {
          throw new EOFException("its data ends too early");
        }
        fill();
        done = inflater.inflate(target, at, count);
      }
      wanted -= done;
      return done;
    } catch (DataFormatException e) {
      throw new IOException(e.getMessage() == null ? "its data is damaged" : e.getMessage(), e);
    }
  }

  private void fill() throws IOException {
    while (left == 0) {
      file.skipBytes((long) CHECKSUM);
      left = file.readInt() & 0xffff_ffffL;
      if (file.readInt() != CHUNK) {
        throw new EOFException("its data ends too early");
      }
    }
    int count = file.read(packed, 0, (int) Math.min(left, BLOCK));
    if (count < 0) {
      throw new EOFException("its data ends too early");
    }
    left -= count;
    inflater.setInput(packed, 0, count);
  }

  /** Moves the file behind the chunk that was read last. */
  void leave() throws IOException {
    file.seek(file.getStreamPosition() + left + CHECKSUM);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
