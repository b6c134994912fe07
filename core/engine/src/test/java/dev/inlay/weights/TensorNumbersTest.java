package dev.inlay.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statistics of a tensor and the difference of two tensors. */
final class TensorNumbersTest {

  @TempDir Path folder;
  private int files;

  private Safetensors file(TensorType type, int count, Consumer<ByteBuffer> numbers) {
    Path path = folder.resolve(files++ + ".safetensors");
    ByteBuffer bytes = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    numbers.accept(bytes);
    assertThat(bytes.hasRemaining()).isFalse();
    TensorInfo tensor = new TensorInfo("x", type, List.of((long) count));
    SafetensorsWriter.write(
        path, Map.of(), List.of(tensor), (each, channel) -> channel.write(bytes.flip()));
    return Safetensors.open(path);
  }

  private Safetensors floats(float... numbers) {
    return file(
        TensorType.F32,
        numbers.length,
        bytes -> {
          for (float number : numbers) {
            bytes.putFloat(number);
          }
        });
  }

  private Safetensors doubles(double... numbers) {
    return file(
        TensorType.F64,
        numbers.length,
        bytes -> {
          for (double number : numbers) {
            bytes.putDouble(number);
          }
        });
  }

  private Safetensors longs(long... numbers) {
    return file(
        TensorType.I64,
        numbers.length,
        bytes -> {
          for (long number : numbers) {
            bytes.putLong(number);
          }
        });
  }

  private static TensorMoments moments(Safetensors file) {
    try (file) {
      return TensorMoments.of(file, file.tensor("x"), read -> {});
    }
  }

  private static TensorDifference difference(Safetensors a, Safetensors b) {
    try (a;
        b) {
      return TensorDifference.of(a, a.tensor("x"), b, b.tensor("x"), read -> {});
    }
  }

  @Test
  void everyTypeIsReadAsItsNumbers() {
    // 3, -1 and 2 have the same statistics in every signed type.
    TensorMoments expected = new TensorMoments(3, 0, 0, Math.sqrt(14), 4.0 / 3, -1, 3);
    assertThat(moments(doubles(3, -1, 2))).isEqualTo(expected);
    assertThat(moments(floats(3, -1, 2))).isEqualTo(expected);
    assertThat(moments(longs(3, -1, 2))).isEqualTo(expected);
    assertThat(
            moments(
                file(
                    TensorType.F16,
                    3,
                    b ->
                        b.putShort((short) 0x4200)
                            .putShort((short) 0xbc00)
                            .putShort((short) 0x4000))))
        .isEqualTo(expected);
    assertThat(
            moments(
                file(
                    TensorType.BF16,
                    3,
                    b ->
                        b.putShort((short) 0x4040)
                            .putShort((short) 0xbf80)
                            .putShort((short) 0x4000))))
        .isEqualTo(expected);
    assertThat(moments(file(TensorType.I32, 3, b -> b.putInt(3).putInt(-1).putInt(2))))
        .isEqualTo(expected);
    assertThat(
            moments(
                file(
                    TensorType.I16,
                    3,
                    b -> b.putShort((short) 3).putShort((short) -1).putShort((short) 2))))
        .isEqualTo(expected);
    assertThat(moments(file(TensorType.I8, 3, b -> b.put(new byte[] {3, -1, 2}))))
        .isEqualTo(expected);
    assertThat(moments(file(TensorType.U8, 2, b -> b.put(new byte[] {-1, 0}))))
        .isEqualTo(new TensorMoments(2, 0, 0, 255, 127.5, 0, 255));
    assertThat(moments(file(TensorType.BOOL, 2, b -> b.put(new byte[] {1, 0}))))
        .isEqualTo(new TensorMoments(2, 0, 0, 1, 0.5, 0, 1));
  }

  @Test
  void numbersThatAreNotFiniteAreCountedAndLeftOut() {
    float inf = Float.POSITIVE_INFINITY;
    assertThat(moments(floats(Float.NaN, 3, inf, -inf, -4, Float.NaN, Float.NaN)))
        .isEqualTo(new TensorMoments(2, 3, 2, 5, -0.5, -4, 3));
    TensorMoments none = moments(floats(Float.NaN));
    assertThat(none.finite()).isZero();
    assertThat(none.mean()).isNaN();
    assertThat(none.max()).isNaN();
    assertThat(moments(floats()).norm()).isZero();
  }

  @Test
  void sumsOfManyFloatsAreExactToTheirWidth() {
    // In floats, the sum would stop growing at 2^24; several pieces, the last of them short.
    int count = 17_000_001;
    Safetensors many =
        file(
            TensorType.BF16,
            count,
            bytes -> {
              while (bytes.hasRemaining()) {
                bytes.putShort((short) 0x3fc0);
              }
            });
    AtomicLong read = new AtomicLong();
    try (many) {
      TensorMoments of = TensorMoments.of(many, many.tensor("x"), read::addAndGet);
      assertThat(of.mean()).isEqualTo(1.5);
      assertThat(of.norm()).isCloseTo(1.5 * Math.sqrt(count), within(1e-6));
    }
    assertThat(read).hasValue(2L * count);
  }

  @Test
  void differenceIsTheLargestAndRelativeToTheTensor() {
    assertThat(difference(floats(1, -8, 2), floats(1, -7, 2.5f)))
        .isEqualTo(new TensorDifference(2, 1, 1.0 / 8));
    assertThat(difference(floats(1, 2), doubles(1, 2))).isEqualTo(new TensorDifference(0, 0, 0));
    assertThat(difference(floats(0, 0), floats(0, -0f))).isEqualTo(new TensorDifference(0, 0, 0));
    assertThat(difference(floats(), floats())).isEqualTo(new TensorDifference(0, 0, 0));
  }

  @Test
  void differenceOfWholeNumbersIsSeenBeyondWhatDoublesHold() {
    long large = 1L << 60;
    assertThat(difference(longs(large, 5), longs(large + 1, 5)))
        .isEqualTo(new TensorDifference(1, 1, 1.0 / large));
    assertThat(difference(longs(-3, 4), longs(3, 4)))
        .isEqualTo(new TensorDifference(1, 6, 6.0 / 4));
  }

  @Test
  void numbersThatAreNotFiniteEqualThemselvesAlone() {
    float inf = Float.POSITIVE_INFINITY;
    assertThat(difference(floats(Float.NaN, inf, 1), floats(Float.NaN, inf, 1)).differing())
        .isZero();
    TensorDifference infinite = new TensorDifference(1, inf, inf);
    assertThat(difference(floats(Float.NaN, 1), floats(0, 1))).isEqualTo(infinite);
    assertThat(difference(floats(inf, 1), floats(-inf, 1))).isEqualTo(infinite);
    assertThat(difference(floats(0), floats(Float.NaN))).isEqualTo(infinite);
  }

  @Test
  void shapesMustBeTheSame() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> difference(floats(1), floats(1, 2)))
        .withMessage("x F32 (1) and x F32 (2) have different shapes");
  }
}
