package dev.inlay.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.weights.NonFinite.Found;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NaN and infinite numbers are found in tensors of all types, wherever they are. */
final class NonFiniteTest {

  private static final int COUNT = 10_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(floats = {0, -0f, 1, -1, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 1e-39f})
  void finiteNumbersPass(float number) {
    NonFinite numbers = new NonFinite();
    numbers.look("x", 0, FloatBuffer.wrap(new float[] {number, 0, number}));
    assertThat(numbers.found()).isEmpty();
    assertThatCode(() -> numbers.require("x", "")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 0",
    "NaN, 9999",
    "Infinity, 4095",
    "-Infinity, 4096",
    "NaN, 8191",
    "Infinity, 8192"
  })
  void oneIsFoundAtItsIndex(float number, int index) {
    float[] all = new float[COUNT];
    all[index] = number;
    NonFinite numbers = new NonFinite();
    numbers.look("x", 0, FloatBuffer.wrap(all));
    boolean nan = Float.isNaN(number);
    assertThat(numbers.found()).containsExactly(new Found("x", nan ? 1 : 0, nan ? 0 : 1, index));
  }

  @Test
  void piecesOfATensorAreCountedTogether() {
    float nan = Float.intBitsToFloat(0xffc00001);
    NonFinite numbers = new NonFinite();
    numbers.look("x", 0, FloatBuffer.wrap(new float[] {1, 2}));
    numbers.look("x", 2, FloatBuffer.wrap(new float[] {3, nan, nan}));
    numbers.look("y", 0, FloatBuffer.wrap(new float[] {1}));
    numbers.look("x", 5, FloatBuffer.wrap(new float[] {Float.NEGATIVE_INFINITY}));

    assertThat(numbers.found()).containsExactly(new Found("x", 2, 1, 3));
    assertThatThrownBy(() -> numbers.require("The file", "Use another."))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "The file has numbers that are NaN or infinite, so its results would be wrong: x has 2"
                + " NaN and 1 infinite, the first at index 3. Use another.");
  }

  @ParameterizedTest
  @CsvSource({
    "F64, 000000000000f87f", "F64, 000000000000f0ff", "F32, 0000c07f", "F32, 000080ff",
    "F16, 007e", "F16, 00fc", "BF16, c07f", "BF16, 80ff"
  })
  void everyTypeIsLookedAt(TensorType type, String hex) {
    byte[] bad = HexFormat.of().parseHex(hex);
    ByteBuffer bytes = ByteBuffer.allocate(3 * type.bytes()).put(2 * type.bytes(), bad);
    NonFinite numbers = new NonFinite();
    numbers.look(new TensorInfo("x", type, List.of(3L)), 0, bytes);
    assertThat(numbers.found()).extracting(Found::first).containsExactly(2L);
    numbers.look(new TensorInfo("count", TensorType.I64, List.of(1L)), 0, wide(-1));
    assertThat(numbers.found()).hasSize(1);
  }

  private static ByteBuffer wide(long bits) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, bits);
  }

  @Test
  void aFileThatIsRefusedDoesNotAppear() {
    Path file = folder.resolve("x.safetensors");
    List<TensorInfo> tensors =
        List.of(
            new TensorInfo("a", TensorType.F32, List.of(1L)),
            new TensorInfo("b", TensorType.F32, List.of(1L)));
    NonFinite numbers = new NonFinite();
    TensorSource source =
        (tensor, channel) ->
            channel.write(
                ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(0, tensor.name().equals("a") ? Float.NaN : 1));
    assertThatThrownBy(
            () ->
                SafetensorsWriter.write(
                    file,
                    Map.of(),
                    tensors,
                    numbers.watching(source, 2, () -> numbers.require("It", "Stop."))))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("a has 1 NaN, the first at index 0");
    assertThat(Files.exists(file)).isFalse();
  }
}
