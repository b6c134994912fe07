package dev.inlay.image.format;

import dev.inlay.files.FileKind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The bytes of an image file, read in blocks where they are asked for. Nothing but one block is
 * kept, and what may be read is limited: a file is as long as its author likes.
 */
public final class ImageBytes extends ImageInputStreamImpl {
  private static final int BLOCK = 1 << 14;

  /** What a header may hold besides pixels: profiles, thumbnails, notes. */
  private static final long BESIDES = 32L << 20;

  /** Noise that compression makes larger, or four bytes a pixel, read twice. */
  private static final long PER_PIXEL = 8;

  /** Where blocks come from: a file, or bytes in memory. */
  private interface Blocks extends Closeable {
    /** Reads from a position on; less than 1 at the end. */
    int read(ByteBuffer target, long position) throws IOException;
  }

  private final Blocks blocks;
  private final long length;
  private final byte[] block = new byte[BLOCK];
  private long blockStart;
  private int blockLength;
  private long left = BESIDES;

  private ImageBytes(Blocks blocks, long length) {
    this.blocks = blocks;
    this.length = length;
  }

  /** Opens a file; the caller closes it. */
  public static ImageBytes open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new ImageBytes(new OfFile(file), file.size());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** The bytes of a file that is in memory. */
  public static ImageBytes of(byte[] file) {
    return new ImageBytes(new InMemory(file), file.length);
  }

  private record OfFile(FileChannel file) implements Blocks {
    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return file.read(target, position);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record InMemory(byte[] file) implements Blocks {
    @Override
    public int read(ByteBuffer target, long position) {
      int count = (int) Math.min(target.remaining(), file.length - position);
      if (count > 0) {
        target.put(file, (int) position, count);
      }
      return count;
    }

    @Override
    public void close() {}
  }

  /**
   * What the file is by its bytes, or else by its name. The next byte is then the first one.
   *
   * @param name what the file is called
   */
  public Optional<FileKind> kind(Path name) throws IOException {
    Optional<FileKind> kind = FileKind.ofStart(bytes(0, FileKind.START_BYTES), name);
    if (kind.isEmpty()) {
      kind = FileKind.ofEnd(bytes(Math.max(0, length - FileKind.END_BYTES), FileKind.END_BYTES));
    }
    seek(0);
    return kind;
  }

  private byte[] bytes(long from, int most) throws IOException {
    seek(from);
    byte[] bytes = new byte[most];
    return Arrays.copyOf(bytes, Math.max(0, read(bytes, 0, most)));
  }

  /** Begins at the first byte again, and allows as many bytes as the pixels can need. */
  void rewind(int width, int height) throws IOException {
    seek(0);
    left = BESIDES + PER_PIXEL * width * height;
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    if (!inBlock() && !fill()) {
      return -1;
    }
    spend(1);
    return block[(int) (streamPos++ - blockStart)] & 255;
  }

  /** Reads all that is asked for unless the file ends: numbers are read so, in one call. */
  @Override
  public int read(byte[] target, int at, int count) throws IOException {
    checkClosed();
    bitOffset = 0;
    int done = 0;
    while (done < count && (inBlock() || fill())) {
      int from = (int) (streamPos - blockStart);
      int copied = Math.min(count - done, blockLength - from);
      spend(copied);
      System.arraycopy(block, from, target, at + done, copied);
      streamPos += copied;
      done += copied;
    }
    return done > 0 || count == 0 ? done : -1;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void close() throws IOException {
    super.close();
    blocks.close();
  }

  private boolean inBlock() {
    return streamPos >= blockStart && streamPos < blockStart + blockLength;
  }

  private boolean fill() throws IOException {
    blockStart = streamPos;
    blockLength = Math.max(0, blocks.read(ByteBuffer.wrap(block), streamPos));
    return blockLength > 0;
  }

  private void spend(int bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new IOException("it holds far more bytes than its pixels need");
    }
  }
}
