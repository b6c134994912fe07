package dev.inlay.weights;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks for NaN and infinite numbers in tensors that pass by: a network with one of them computes
 * wrong results without a word. Numbers without any are looked at as bits, many at a time, which
 * takes a small part of the time that reading them takes.
 */
public final class NonFinite {

  private static final int SHOWN = 4;
  private static final int PIECE = 1 << 12;
  private static final int MAGNITUDE = 0x7fffffff;

  /** One more than the largest finite magnitude; adding it to a larger one sets the sign. */
  private static final int LEAST_EXPONENT = 0x00800000;

  /**
   * The numbers of a tensor that are not finite.
   *
   * @param tensor its name
   * @param nan how many are NaN
   * @param infinite how many are infinite
   * @param first the index of the first, counted over all numbers in row-major order
   */
  public record Found(String tensor, long nan, long infinite, long first) {

    @Override
    public String toString() {
      List<String> counts = new ArrayList<>();
      if (nan > 0) {
        counts.add("%d NaN".formatted(nan));
      }
      if (infinite > 0) {
        counts.add("%d infinite".formatted(infinite));
      }
      return "%s has %s, the first at index %d"
          .formatted(Text.shortened(tensor), String.join(" and ", counts), first);
    }
  }

  private final Map<String, Found> found = new LinkedHashMap<>();
  private final int[] bits = new int[PIECE];

  /** The tensors with such numbers, in the order in which they passed. */
  public List<Found> found() {
    return List.copyOf(found.values());
  }

  /**
   * Refuses tensors with such numbers.
   *
   * @param subject what has them, at the beginning of the message
   * @param wayOut what to do, in sentences
   * @throws InlayException if there are any, naming the tensors
   */
  public void require(String subject, String wayOut) {
    if (!found.isEmpty()) {
      String more = found.size() > SHOWN ? "; … (%d tensors in all)".formatted(found.size()) : "";
      throw new InlayException(
          "%s has numbers that are NaN or infinite, so its results would be wrong: %s%s. %s"
              .formatted(
                  subject,
                  found.values().stream()
                      .limit(SHOWN)
                      .map(Found::toString)
                      .collect(Collectors.joining("; ")),
                  more,
                  wayOut));
    }
  }

  /**
   * Looks at some numbers of a tensor.
   *
   * @param from the index of the first of them
   * @param numbers whole numbers of the tensor's type, little-endian, from the position to the
   *     limit, which stay
   */
  public void look(TensorInfo tensor, long from, ByteBuffer numbers) {
    if (!tensor.type().floating()) {
      return;
    }
    ByteBuffer little = numbers.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer floats =
        tensor.type() == TensorType.F32
            ? little.asFloatBuffer()
            : FloatBuffer.wrap(tensor.type().floats(little));
    look(tensor.name(), from, floats);
  }

  /** Looks at some numbers of a tensor, from the position to the limit, which stay. */
  public void look(String tensor, long from, FloatBuffer numbers) {
    float[] piece = new float[Math.min(PIECE, numbers.remaining())];
    FloatBuffer left = numbers.duplicate();
    for (long at = from; left.hasRemaining(); ) {
      int count = Math.min(piece.length, left.remaining());
      left.get(piece, 0, count);
      if (!isFinite(piece, count)) {
        count(tensor, at, piece, count);
      }
      at += count;
    }
  }

  private boolean isFinite(float[] numbers, int count) {
    for (int i = 0; i < count; i++) {
      bits[i] = Float.floatToRawIntBits(numbers[i]);
    }
    int all = 0;
    for (int i = 0; i < count; i++) {
      all |= (bits[i] & MAGNITUDE) + LEAST_EXPONENT;
    }
    return all >= 0;
  }

  private void count(String tensor, long from, float[] numbers, int count) {
    long nan = 0;
    long infinite = 0;
    long first = -1;
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(numbers[i])) {
        nan += Float.isNaN(numbers[i]) ? 1 : 0;
        infinite += Float.isNaN(numbers[i]) ? 0 : 1;
        first = first < 0 ? from + i : first;
      }
    }
    found.merge(
        tensor,
        new Found(tensor, nan, infinite, first),
        (a, b) -> new Found(tensor, a.nan + b.nan, a.infinite + b.infinite, a.first));
  }

  /**
   * Looks at all numbers that a source writes.
   *
   * @param source the source
   * @param tensors how many tensors it writes
   * @param whole is run after the last of them; a file that is written whole does not appear if it
   *     throws
   */
  public TensorSource watching(TensorSource source, int tensors, Runnable whole) {
    return watching(source, TensorInfo::name, tensors, whole);
  }

  /**
   * As {@link #watching(TensorSource, int, Runnable)}.
   *
   * @param naming what a tensor that is written is called in the report
   */
  public TensorSource watching(
      TensorSource source, Function<TensorInfo, String> naming, int tensors, Runnable whole) {
    int[] left = {tensors};
    return (tensor, channel) -> {
      TensorInfo named = new TensorInfo(naming.apply(tensor), tensor.type(), tensor.shape());
      source.write(tensor, new Watched(named, channel));
      if (--left[0] == 0) {
        whole.run();
      }
    };
  }

  /** A channel for one tensor, which looks at what is written. */
  private final class Watched implements WritableByteChannel {
    private final TensorInfo tensor;
    private final WritableByteChannel to;
    private long from;

    Watched(TensorInfo tensor, WritableByteChannel to) {
      this.tensor = tensor;
      this.to = to;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      look(tensor, from, bytes);
      from += bytes.remaining() / tensor.type().bytes();
      return to.write(bytes);
    }

    @Override
    public boolean isOpen() {
      return to.isOpen();
    }

    @Override
    public void close() throws IOException {
      to.close();
    }
  }
}
