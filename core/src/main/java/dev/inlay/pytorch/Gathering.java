package dev.inlay.pytorch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Brings tensors that lie otherwise in the file, such as transposed ones, into row-major order. */
final class Gathering {
  /** Tensors up to this size are held while they are gathered; larger ones are read in places. */
  private static final long LARGEST_HELD = 64 << 20;

  private static final int PIECE = 1 << 16;

  private final FileReader reader;
  private final AtomicReference<@Nullable Window> recent = new AtomicReference<>();

  /** Fills a buffer from a place in the file. */
  interface FileReader {
    void read(long position, ByteBuffer target) throws IOException;
  }

  Gathering(FileReader reader) {
    this.reader = reader;
  }

  /** Bytes of the file that lie in memory. */
  private record Window(long position, ByteBuffer bytes) {
    boolean holds(long first, int count) {
      return first >= position && first + count <= position + bytes.limit();
    }
  }

  /** Fills a buffer with the tensor's numbers from its byte {@code from} on. */
  void read(Layout tensor, long from, ByteBuffer given) throws IOException {
    ByteBuffer target = given.duplicate(); // of the window's byte order
    int width = tensor.info().type().bytes();
    long tensorBegin = tensor.storage().offset() + tensor.offset();
    long tensorEnd = tensorBegin + tensor.span();
    long[] shape = tensor.info().shape().stream().mapToLong(Long::longValue).toArray();
    long[] steps = tensor.strides().stream().mapToLong(stride -> stride * width).toArray();
    int rank = shape.length;
    long[] index = new long[rank];
    long position = tensorBegin;
    long rest = from / width;
    for (int i = rank - 1; i >= 0; i--) {
      index[i] = rest % shape[i];
      rest /= shape[i];
      position += index[i] * steps[i];
    }
    @Nullable Window window = recent.get();
    while (target.hasRemaining()) {
      if (window == null || !window.holds(position, width)) {
        window = window(tensorBegin, tensorEnd, position);
      }
      copy(window.bytes(), (int) (position - window.position()), width, target);
      for (int i = rank - 1; i >= 0; i--) {
        position += steps[i];
        if (++index[i] < shape[i]) {
          break;
        }
        position -= steps[i] * index[i];
        index[i] = 0;
      }
    }
    given.position(given.limit());
  }

  /** Copies one number, or what there is room for; both buffers have the same byte order. */
  private static void copy(ByteBuffer source, int at, int width, ByteBuffer target) {
    int room = target.remaining();
    if (width == Integer.BYTES && room >= width) {
      target.putInt(source.getInt(at));
    } else if (width == Short.BYTES && room >= width) {
      target.putShort(source.getShort(at));
    } else {
      int count = Math.min(width, room);
      target.put(target.position(), source, at, count);
      target.position(target.position() + count);
    }
  }

  private Window window(long tensorBegin, long tensorEnd, long position) throws IOException {
    boolean whole = tensorEnd - tensorBegin <= LARGEST_HELD;
    long begin = whole ? tensorBegin : position;
    recent.set(null); // so that two are never held
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(
            (int) (whole ? tensorEnd - begin : Math.min(PIECE, tensorEnd - begin)));
    reader.read(begin, bytes);
    Window window = new Window(begin, bytes.flip());
    recent.set(window);
    return window;
  }
}
