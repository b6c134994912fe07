package dev.inlay.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.inlay.InlayException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metadata and the numbers of a safetensors file. */
final class SafetensorsTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void nameFile() {
    path = folder.resolve("a.safetensors");
  }

  /** Opens a file with one tensor 'x' of these little-endian bytes. */
  private Safetensors one(TensorType type, String shape, ByteBuffer data) {
    String header =
        "{\"x\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[0,%d]}}"
            .formatted(type, shape, data.capacity());
    return Safetensors.open(
        RawFile.write(path, header.getBytes(StandardCharsets.UTF_8), data.rewind()));
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void headerGivesMetadataAndEntriesInOrder() {
    String header =
        "{\"z\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[8,16]},"
            + "\"__metadata__\":{\"b\":\"1\",\"a\":\"2\"},"
            + "\"größe\":{\"data_offsets\":[0,8],\"shape\":[],\"dtype\":\"I64\",\"more\":[{}]},"
            + "\"empty\":{\"dtype\":\"F16\",\"shape\":[3,0],\"data_offsets\":[8,8]}}   ";
    RawFile.write(path, header, 16);
    long start = 8L + header.getBytes(StandardCharsets.UTF_8).length;
    try (Safetensors file = Safetensors.open(path)) {
      assertThat(file.path()).isEqualTo(path);
      assertThat(file.metadata().keySet()).containsExactly("b", "a");
      assertThat(file.metadata()).containsEntry("a", "2");
      assertThat(file.tensors().values())
          .containsExactly(
              new TensorInfo("z", TensorType.F32, List.of(1L, 2L)),
              new TensorInfo("größe", TensorType.I64, List.of()),
              new TensorInfo("empty", TensorType.F16, List.of(3L, 0L)));
      assertThat(file.tensors().values())
          .extracting(file::offset)
          .containsExactly(start + 8, start, start + 8);
      assertThat(file.tensor("größe").bytes()).isEqualTo(8);
      assertThat(file.floats(file.tensor("empty"))).isEmpty();
    }
  }

  @Test
  void smallestFileHasNothing() {
    RawFile.write(path, "{}", 0);
    try (Safetensors file = Safetensors.open(path)) {
      assertThat(file.metadata()).isEmpty();
      assertThat(file.tensors()).isEmpty();
    }
  }

  @Test
  void missingTensor() {
    try (Safetensors file = one(TensorType.U8, "[1]", little(1))) {
      assertThatExceptionOfType(InlayException.class)
          .isThrownBy(() -> file.tensor("y"))
          .withMessage(
              path + " has no tensor 'y' among its 1. Check the name, or use another file.");
    }
  }

  @Test
  void floatsFromFloat64AreRounded() {
    ByteBuffer data = little(16).putDouble(0.1).putDouble(-1e300);
    try (Safetensors file = one(TensorType.F64, "[2]", data)) {
      assertThat(file.floats(file.tensor("x"))).containsExactly(0.1f, Float.NEGATIVE_INFINITY);
    }
  }

  @Test
  void floatsFromManyPieces() {
    int count = 100_000;
    ByteBuffer data = little(4 * count);
    for (int i = 0; i < count; i++) {
      data.putFloat(i);
    }
    try (Safetensors file = one(TensorType.F32, "[" + count + "]", data)) {
      float[] floats = file.floats(file.tensor("x"));
      assertThat(floats).hasSize(count);
      for (int i = 0; i < count; i++) {
        assertThat(floats[i]).isEqualTo(i);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000, 0",
    "0x8000, -0.0",
    "0x3c00, 1",
    "0xc000, -2",
    "0x3555, 0.333251953125",
    "0x7bff, 65504",
    "0x0001, 5.9604644775390625e-8",
    "0x83ff, -6.097555160522461e-5",
    "0x0400, 6.103515625e-5",
    "0x7c00, Infinity",
    "0xfc00, -Infinity",
    "0x7e00, NaN"
  })
  void floatsFromFloat16(String bits, float value) {
    assertOne(TensorType.F16, bits, value);
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000, 0",
    "0x8000, -0.0",
    "0x3f80, 1",
    "0xc049, -3.140625",
    "0x7f7f, 3.3895314e38",
    "0x0001, 9.18355e-41",
    "0xff80, -Infinity",
    "0x7fc0, NaN"
  })
  void floatsFromBfloat16(String bits, float value) {
    assertOne(TensorType.BF16, bits, value);
  }

  private void assertOne(TensorType type, String bits, float value) {
    ByteBuffer data = little(2).putShort(Integer.decode(bits).shortValue());
    try (Safetensors file = one(type, "[]", data)) {
      assertThat(file.floats(file.tensor("x"))).containsExactly(value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "I64, -9223372036854775808",
    "I32, -2147483648",
    "I16, -32768",
    "I8, -128",
    "U8, 255",
    "BOOL, 1"
  })
  void longsKeepTheSign(TensorType type, long value) {
    ByteBuffer data = little(type.bytes());
    data.put(little(8).putLong(value).flip().limit(type.bytes()));
    try (Safetensors file = one(type, "[]", data)) {
      assertThat(file.longs(file.tensor("x"))).containsExactly(value);
    }
  }

  @Test
  void kindsOfNumbersAreNotMixed() {
    try (Safetensors file = one(TensorType.I64, "[]", little(8))) {
      assertThatExceptionOfType(InlayException.class)
          .isThrownBy(() -> file.floats(file.tensor("x")))
          .withMessage(
              path
                  + ": the tensor 'x' has numbers of the type I64, but floating-point numbers are"
                  + " needed. Use another file.");
    }
    try (Safetensors file = one(TensorType.BF16, "[]", little(2))) {
      assertThatExceptionOfType(InlayException.class)
          .isThrownBy(() -> file.longs(file.tensor("x")))
          .withMessage(
              path
                  + ": the tensor 'x' has numbers of the type BF16, but whole numbers are needed"
                  + ". Use another file.");
    }
  }

  @Test
  void readFillsTheCallersBufferFromItsPosition() {
    try (Safetensors file = one(TensorType.U8, "[3]", little(3).put(new byte[] {1, 2, 3}))) {
      ByteBuffer target = ByteBuffer.allocateDirect(6);
      file.read(file.tensor("x"), target.position(1));
      assertThat(target.position()).isEqualTo(4);
      assertThat(target.limit()).isEqualTo(6);
      assertThat(target.get(1)).isEqualTo((byte) 1);
      assertThat(target.get(3)).isEqualTo((byte) 3);
      file.read(file.tensor("x"), 1, target);
      assertThat(target.get(4)).isEqualTo((byte) 2);
    }
  }

  @Test
  void programmingErrorsAreToldApart() {
    try (Safetensors file = one(TensorType.F32, "[2]", little(8))) {
      TensorInfo entry = file.tensor("x");
      TensorInfo other = new TensorInfo("x", TensorType.F32, List.of(1L));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> file.read(entry, little(7)))
          .withMessage("The tensor x F32 (2) needs room for 8, the buffer has 7");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> file.readFloats(entry, FloatBuffer.allocate(1)))
          .withMessage("The tensor x F32 (2) needs room for 2, the buffer has 1");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> file.read(entry, 4, little(5)))
          .withMessage("The tensor x F32 (2) ends before 5 bytes from byte 4 on");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> file.read(entry, -1, little(5)))
          .withMessage("The tensor x F32 (2) ends before 5 bytes from byte -1 on");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> file.read(other, little(4)))
          .withMessage("The tensor x F32 (1) is not in " + path + ".");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new TensorInfo("y", TensorType.F32, List.of(-1L)))
          .withMessage("Tensor 'y' cannot have the shape (-1).");
    }
  }

  @Test
  void fileShortenedAfterOpening() throws IOException {
    try (Safetensors file = one(TensorType.U8, "[1000]", little(1000))) {
      try (RandomAccessFile shortened = new RandomAccessFile(path.toFile(), "rw")) {
        shortened.setLength(500);
      }
      assertThatExceptionOfType(InlayException.class)
          .isThrownBy(() -> file.longs(file.tensor("x")))
          .withMessage(
              path
                  + " ended inside the tensor 'x': it was shortened while it was being read."
                  + " Fetch it again.");
    }
  }

  @Test
  void filesAndTensorsAboveTwoGigabytes() throws IOException {
    long large = 5_000_000_000L;
    String header =
        ("{\"large\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                + "\"last\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[%d,%d]}}")
            .formatted(large, large, large, large + 4);
    ByteBuffer start = little(8 + header.length()).putLong(header.length());
    start.put(header.getBytes(StandardCharsets.UTF_8)).flip();
    // A sparse file, which takes a few kilobytes of the disk.
    try (FileChannel sparse =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      sparse.write(start, 0);
      sparse.write(little(1).put((byte) 7).flip(), start.limit() + large - 1);
      sparse.write(little(4).putFloat(2.5f).flip(), start.limit() + large);
    }
    try (Safetensors file = Safetensors.open(path)) {
      assertThat(file.floats(file.tensor("last"))).containsExactly(2.5f);
      TensorInfo entry = file.tensor("large");
      ByteBuffer end = little(2);
      file.read(entry, large - 2, end);
      assertThat(end.getShort(0)).isEqualTo((short) 0x700);
      assertThatExceptionOfType(InlayException.class)
          .isThrownBy(() -> file.read(entry, end))
          .withMessage(
              path
                  + ": the tensor 'large' takes 5000000000 bytes, too many to be read at once."
                  + " Read it in pieces.");
      assertThatExceptionOfType(InlayException.class)
          .isThrownBy(() -> file.longs(entry))
          .withMessageContaining("too many to be read at once");
    }
  }
}
