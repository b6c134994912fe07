package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors that lie otherwise are brought into order, whatever may be held, and read once. */
final class StridedReaderTest {

  private static final long BEGIN = 40;

  private long bytesRead;

  /** A file whose every number is its place behind BEGIN. */
  private void read(long position, ByteBuffer target) {
    bytesRead += target.remaining();
    ByteBuffer numbers = target.slice().order(ByteOrder.LITTLE_ENDIAN);
    for (long at = position; numbers.hasRemaining(); at += Float.BYTES) {
      numbers.putFloat((at - BEGIN) / Float.BYTES);
    }
    target.position(target.limit());
  }

  private float[] gathered(List<Long> shape, List<Long> strides, long mostHeld, int room)
      throws IOException {
    TensorInfo info = new TensorInfo("w", TensorType.F32, shape);
    long last = 0;
    for (int i = 0; i < shape.size(); i++) {
      last += (shape.get(i) - 1) * strides.get(i);
    }
    long span = (last + 1) * Float.BYTES;
    Layout layout = new Layout(info, strides, new Place(BEGIN, span, 0), 0, span);
    StridedReader reader = new StridedReader(this::read, mostHeld);
    ByteBuffer all = ByteBuffer.allocate((int) info.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < all.capacity(); from += room) {
      all.position(from).limit(Math.min(all.capacity(), from + room));
      reader.read(layout, from, all);
    }
    float[] floats = new float[(int) info.elements()];
    all.clear().asFloatBuffer().get(floats);
    return floats;
  }

  /** (out,in,rows,columns) stored as (out,rows,columns,in): one output lies together. */
  @ParameterizedTest
  @CsvSource({"1000000, 4096", "1000000, 20", "216, 4096", "216, 20", "300, 8"})
  void channelsLastIsReadOnce(long mostHeld, int room) throws IOException {
    int in = 6;
    float[] found = gathered(List.of(5L, 6L, 3L, 3L), List.of(54L, 1L, 18L, 6L), mostHeld, room);

    for (int i = 0; i < found.length; i++) {
      int place = i % 9;
      int channel = i / 9 % in;
      assertThat(found[i]).isEqualTo(i / 54 * 54 + place * in + channel);
    }
    assertThat(bytesRead).isEqualTo(5 * 54 * Float.BYTES);
  }

  /** No row of a transposed matrix lies together, so that it is held whole, however large. */
  @ParameterizedTest
  @CsvSource({"1000000, 4096", "100, 4096", "100, 12"})
  void aTransposedMatrixIsReadOnce(long mostHeld, int room) throws IOException {
    float[] found = gathered(List.of(30L, 20L), List.of(1L, 30L), mostHeld, room);

    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isEqualTo(i % 20 * 30 + i / 20);
    }
    assertThat(bytesRead).isEqualTo(30 * 20 * Float.BYTES);
  }

  /** A few numbers far apart must not fill the memory with what lies between. */
  @ParameterizedTest
  @CsvSource({"4096", "4"})
  void farNumbersAreReadInPieces(int room) throws IOException {
    float[] found = gathered(List.of(3L, 2L), List.of(50_000L, 1_000_000L), 1000, room);

    assertThat(found).containsExactly(0, 1_000_000, 50_000, 1_050_000, 100_000, 1_100_000);
    assertThat(bytesRead).isLessThanOrEqualTo(6 * (1 << 16));
  }
}
