package dev.inlay.pytorch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads tensors that are not contiguous in the file, such as transposed or channels-last ones, in
 * row-major order. Neighbouring numbers are read together, within a bound on memory.
 */
final class StridedReader {

  /** The most bytes held in memory: those of a whole tensor, or of its innermost dimensions. */
  private static final long MOST_HELD = 64 << 20;

  /** The bytes of one read if the numbers are too far apart to hold a whole dimension. */
  private static final int PIECE = 1 << 16;

  private final FileReader reader;
  private final long mostHeld;
  private final AtomicReference<@Nullable Window> recent = new AtomicReference<>();

  /** Fills a buffer from a position in the file. */
  interface FileReader {
    void read(long position, ByteBuffer target) throws IOException;
  }

  StridedReader(FileReader reader) {
    this(reader, MOST_HELD);
  }

  StridedReader(FileReader reader, long mostHeld) {
    this.reader = reader;
    this.mostHeld = mostHeld;
  }

  /** A range of the file that is held in memory. */
  private record Window(long position, ByteBuffer bytes) {
    boolean holds(long first, int count) {
      return first >= position && first + count <= position + bytes.limit();
    }
  }

  /** Fills a buffer with the tensor's numbers from its byte {@code from} on. */
  void read(Layout tensor, long from, ByteBuffer given) throws IOException {
    ByteBuffer target = given.duplicate(); // big-endian, as the windows are
    int width = tensor.info().type().bytes();
    long tensorBegin = tensor.storage().offset() + tensor.offset();
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
    int held = held(tensor, shape, steps);
    // The window is taken while it is in use: a concurrent reader makes its own.
    @Nullable Window window = recent.getAndSet(null);
    while (target.hasRemaining()) {
      if (window == null || !window.holds(position, width)) {
        long begin = position;
        for (int i = held; i < rank; i++) {
          begin -= index[i] * steps[i];
        }
        long bytes =
            held < rank
                ? span(shape, steps, held, width)
                : Math.min(PIECE, tensorBegin + tensor.span() - position);
        window = read(begin, (int) bytes, window);
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
    recent.set(window);
    given.position(given.limit());
  }

  /** The first dimension from which on all are held whole; the rank if not even the last fits. */
  private int held(Layout tensor, long[] shape, long[] steps) {
    int width = tensor.info().type().bytes();
    int first = 0;
    while (first < shape.length && span(shape, steps, first, width) > mostHeld) {
      first++;
    }
    // A large transposed tensor is held whole whatever its size: each of its rows spans the whole
    // storage.
    boolean dense = tensor.span() <= 2 * tensor.info().bytes();
    return first == shape.length && dense && tensor.span() < Integer.MAX_VALUE ? 0 : first;
  }

  /** The bytes from the first number to the last over the dimensions from {@code first} on. */
  private static long span(long[] shape, long[] steps, int first, int width) {
    long span = width;
    for (int i = first; i < shape.length; i++) {
      span += (shape[i] - 1) * steps[i];
    }
    return span;
  }

  /** Copies one number, or as many of its bytes as fit; both buffers have the same byte order. */
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

  private Window read(long begin, int count, @Nullable Window before) throws IOException {
    ByteBuffer bytes =
        before == null || before.bytes().capacity() < count
            ? ByteBuffer.allocateDirect(count)
            : before.bytes().clear().limit(count);
    reader.read(begin, bytes);
    return new Window(begin, bytes.flip());
  }
}
