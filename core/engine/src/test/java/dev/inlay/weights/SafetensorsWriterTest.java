package dev.inlay.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of saved files, and the folder after a failure. */
final class SafetensorsWriterTest {
  private static final TensorInfo FOUR_BYTES = new TensorInfo("a", TensorType.F32, List.of(1L));
  private static final TensorSource ZEROS =
      (tensor, channel) -> channel.write(ByteBuffer.allocate((int) tensor.bytes()));

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void nameFile() {
    path = folder.resolve("a.safetensors");
  }

  private List<String> filesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void everyTypeComesBackBitByBit() {
    Random random = new Random(7);
    List<TensorInfo> tensors = new ArrayList<>();
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (TensorType type : TensorType.values()) {
      for (List<Long> shape : List.of(List.of(3L, 5L), List.<Long>of(), List.of(2L, 0L))) {
        TensorInfo tensor = new TensorInfo("größe 漢 \"\\\n😀 " + type + shape, type, shape);
        byte[] content = new byte[(int) tensor.bytes()];
        random.nextBytes(content);
        tensors.add(tensor);
        contents.put(tensor.name(), content);
      }
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("spec", "resnet50(stride=8) | fcn <'&>");
    metadata.put("\u2028", "");
    SafetensorsWriter.write(
        path,
        metadata,
        tensors,
        (tensor, channel) -> {
          byte[] content = contents.get(tensor.name());
          int half = content.length / 2;
          channel.write(ByteBuffer.wrap(content, 0, half));
          channel.write(ByteBuffer.wrap(content, half, content.length - half));
        });
    try (Safetensors file = Safetensors.open(path)) {
      assertThat(file.metadata()).isEqualTo(metadata);
      assertThat(file.metadata().keySet()).containsExactlyElementsOf(metadata.keySet());
      assertThat(List.copyOf(file.tensors().values())).isEqualTo(tensors);
      for (TensorInfo entry : file.tensors().values()) {
        ByteBuffer target = ByteBuffer.allocate((int) entry.bytes());
        file.read(entry, target);
        assertThat(target.array()).isEqualTo(contents.get(entry.name()));
        assertThat(file.offset(entry) % entry.type().bytes()).as("alignment of %s", entry).isZero();
      }
    }
  }

  @Test
  void fileIsByteForByteWhatTheFormatSays() throws IOException {
    SafetensorsWriter.write(
        path,
        Map.of("k", "v"),
        List.of(
            new TensorInfo("b", TensorType.U8, List.of(1L)),
            new TensorInfo("a", TensorType.I16, List.of(1L))),
        (tensor, channel) ->
            channel.write(
                tensor.name().equals("b")
                    ? ByteBuffer.wrap(new byte[] {9})
                    : ByteBuffer.allocate(2)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putShort(0, (short) 3)));
    String json =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[2,3]},"
            + "\"a\":{\"dtype\":\"I16\",\"shape\":[1],\"data_offsets\":[0,2]}}";
    String padded = json + " ".repeat((8 - json.length() % 8) % 8);
    ByteBuffer expected =
        ByteBuffer.allocate(8 + padded.length() + 3).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(padded.length()).put(padded.getBytes(StandardCharsets.UTF_8));
    expected.putShort((short) 3).put((byte) 9);
    assertThat(Files.readAllBytes(path)).isEqualTo(expected.array());
  }

  @Test
  void nothingToSaveIsAFileToo() {
    SafetensorsWriter.write(path, Map.of(), List.of(), ZEROS);
    try (Safetensors file = Safetensors.open(path)) {
      assertThat(file.tensors()).isEmpty();
      assertThat(file.metadata()).isEmpty();
    }
  }

  @Test
  void savingReplacesTheFileAndLeavesNothingBeside() throws IOException {
    Files.writeString(path, "before");
    SafetensorsWriter.write(path, Map.of(), List.of(FOUR_BYTES), ZEROS);
    assertThat(filesInFolder()).containsExactly("a.safetensors");
    Safetensors.open(path).close();
  }

  @Test
  void newFileHasThePermissionsOfAnyNewFile() throws IOException {
    assumeThat(Files.getFileAttributeView(folder, PosixFileAttributeView.class)).isNotNull();
    Path ordinary = Files.createFile(folder.resolve("ordinary"));
    SafetensorsWriter.write(path, Map.of(), List.of(FOUR_BYTES), ZEROS);
    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(Files.getPosixFilePermissions(ordinary));
  }

  @Test
  void linkStaysALink() throws IOException {
    assumeThat(Files.getFileAttributeView(folder, PosixFileAttributeView.class)).isNotNull();
    Path place = Files.writeString(folder.resolve("place"), "before");
    Files.createSymbolicLink(path, place);
    SafetensorsWriter.write(path, Map.of(), List.of(FOUR_BYTES), ZEROS);
    assertThat(path).isSymbolicLink();
    Safetensors.open(place).close();
  }

  @Test
  void diskErrorLeavesEverythingAsItWas() throws IOException {
    Files.writeString(path, "before");
    assertThatExceptionOfType(InlayException.class)
        .isThrownBy(
            () ->
                SafetensorsWriter.write(
                    path,
                    Map.of(),
                    List.of(FOUR_BYTES),
                    (tensor, channel) -> {
                      channel.write(ByteBuffer.allocate(2));
                      throw new IOException("No space left on device");
                    }))
        .withMessage(
            "%s could not be saved: No space left on device. Check the space and your permissions"
                + " in %s, or save elsewhere.",
            path, folder);
    assertThat(path).hasContent("before");
    assertThat(filesInFolder()).containsExactly("a.safetensors");
  }

  @Test
  void failureOfTheSourceLeavesNothing() throws IOException {
    assertThatThrownBy(
            () ->
                SafetensorsWriter.write(
                    path,
                    Map.of(),
                    List.of(FOUR_BYTES),
                    (tensor, channel) -> {
                      throw new ArithmeticException("of the source");
                    }))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("of the source");
    assertThat(filesInFolder()).isEmpty();
  }

  @Test
  void sourceMustWriteJustTheTensor() throws IOException {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                SafetensorsWriter.write(
                    path,
                    Map.of(),
                    List.of(FOUR_BYTES),
                    (tensor, channel) -> channel.write(ByteBuffer.allocate(3))))
        .withMessage("The tensor a F32 (1) lacks 1 bytes");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                SafetensorsWriter.write(
                    path,
                    Map.of(),
                    List.of(FOUR_BYTES),
                    (tensor, channel) -> {
                      channel.write(ByteBuffer.allocate(3));
                      channel.write(ByteBuffer.allocate(3));
                    }))
        .withMessage("The tensor a F32 (1) has only 1 bytes left, not 3");
    assertThat(filesInFolder()).isEmpty();
  }

  @Test
  void targetIsAFolder() throws IOException {
    Files.createDirectory(path);
    assertThatExceptionOfType(InlayException.class)
        .isThrownBy(() -> SafetensorsWriter.write(path, Map.of(), List.of(), ZEROS))
        .withMessage(
            path
                + " is a folder, so no file can be saved under that name."
                + " Give a file name in it.");
    assertThat(path).isEmptyDirectory();
  }

  @Test
  void folderIsMissing() throws IOException {
    Path inMissing = folder.resolve("missing/a.safetensors");
    assertThatExceptionOfType(InlayException.class)
        .isThrownBy(() -> SafetensorsWriter.write(inMissing, Map.of(), List.of(), ZEROS))
        .withMessage(
            "%s cannot be saved: %s is no folder. Create it, or save elsewhere.",
            inMissing, folder.resolve("missing"));
    assertThat(filesInFolder()).isEmpty();
  }

  @Test
  void folderIsNotWritable() throws IOException {
    assumeThat(Files.getFileAttributeView(folder, PosixFileAttributeView.class)).isNotNull();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeThat(Files.isWritable(folder)).as("the user may write anywhere").isFalse();
      assertThatExceptionOfType(InlayException.class)
          .isThrownBy(() -> SafetensorsWriter.write(path, Map.of(), List.of(), ZEROS))
          .withMessage(
              "%s could not be saved: permission denied. Check the space and your permissions"
                  + " in %s, or save elsewhere.",
              path, folder);
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void namesMustBeUsable() throws IOException {
    TensorInfo reserved = new TensorInfo("__metadata__", TensorType.U8, List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsWriter.write(path, Map.of(), List.of(reserved), ZEROS))
        .withMessage("The name '__metadata__' is reserved or used twice");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SafetensorsWriter.write(path, Map.of(), List.of(FOUR_BYTES, FOUR_BYTES), ZEROS))
        .withMessage("The name 'a' is reserved or used twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafetensorsWriter.write(path, Map.of("k", "\ud800"), List.of(), ZEROS))
        .withMessage("A name or metadata is not Unicode text");
    assertThat(filesInFolder()).isEmpty();
  }
}
