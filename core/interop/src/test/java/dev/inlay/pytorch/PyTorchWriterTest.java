package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorSource;
import dev.inlay.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of PyTorch's checkpoints. */
final class PyTorchWriterTest {
  private static final TensorInfo FOUR_BYTES = new TensorInfo("a", TensorType.F32, List.of(1L));
  private static final TensorSource ZEROS =
      (tensor, channel) -> channel.write(ByteBuffer.allocate((int) tensor.bytes()));

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void nameFile() {
    path = folder.resolve("a.pth");
  }

  private static byte[] read(ZipFile zip, String name) throws IOException {
    return zip.getInputStream(zip.getEntry("archive/" + name)).readAllBytes();
  }

  @Test
  void everyTypeLiesAlignedInItsOwnEntry() throws IOException {
    Random random = new Random(7);
    List<TensorInfo> tensors = new ArrayList<>();
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (TensorType type : TensorType.values()) {
      for (List<Long> shape :
          List.of(List.of(3L, 5L), List.<Long>of(), List.of(2L, 0L), List.of(40_000L))) {
        TensorInfo tensor = new TensorInfo("größe 漢 " + type + shape, type, shape);
        byte[] content = new byte[(int) tensor.bytes()];
        random.nextBytes(content);
        tensors.add(tensor);
        contents.put(tensor.name(), content);
      }
    }
    PyTorchWriter.write(
        path,
        Map.of(),
        tensors,
        (tensor, channel) -> {
          byte[] content = contents.get(tensor.name());
          int half = content.length / 2;
          channel.write(ByteBuffer.wrap(content, 0, half));
          channel.write(ByteBuffer.wrap(content, half, content.length - half));
        });

    try (ZipFile zip = new ZipFile(path.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      assertThat(entries.get(0).getName()).isEqualTo("archive/data.pkl");
      assertThat(entries).hasSize(tensors.size() + 3);
      assertThat(entries)
          .allSatisfy(entry -> assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED));
      assertThat(read(zip, "version")).asString().isEqualTo("3\n");
      assertThat(read(zip, "byteorder")).asString().isEqualTo("little");
      for (int i = 0; i < tensors.size(); i++) {
        // Reading checks the CRC, too.
        assertThat(read(zip, "data/" + i)).isEqualTo(contents.get(tensors.get(i).name()));
      }
    }
    assertThat(dataOffsets(Files.readAllBytes(path)))
        .hasSize(tensors.size() + 3)
        .allSatisfy(offset -> assertThat(offset % 64).isZero());
  }

  /** Where each entry's data begins, found by going from one local header to the next. */
  private static List<Integer> dataOffsets(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> offsets = new ArrayList<>();
    int at = 0;
    while (bytes.getInt(at) == 0x04034b50) {
      int flags = bytes.getShort(at + 6);
      assertThat(flags & 8).as("sizes stand before the data").isZero();
      int begin = at + 30 + bytes.getShort(at + 26) + bytes.getShort(at + 28);
      offsets.add(begin);
      assertThat(bytes.getInt(at + 18)).isEqualTo(bytes.getInt(at + 22));
      at = begin + bytes.getInt(at + 18);
    }
    return offsets;
  }

  @Test
  void pickleIsInstructionByInstructionWhatTorchSaveWrites() throws IOException {
    Map<String, Object> meta = new LinkedHashMap<>();
    meta.put("CLASSES", List.of("road", "é"));
    meta.put("n", List.of(0, 255, 256, 65_536, -1, 1L << 40));
    meta.put("x", List.of(true, false, 0.5));
    meta.put("none", null);
    List<TensorInfo> tensors =
        List.of(
            new TensorInfo("w", TensorType.F16, List.of(2L, 3L)),
            new TensorInfo("n", TensorType.I64, List.of()));
    PyTorchWriter.write(path, meta, tensors, ZEROS);

    // As pickletools.dis shows a dictionary from torch.save, without the memo.
    String expected =
        "\u0080\u0002}(X\u0004\0\0\0meta}("
            + "X\u0007\0\0\0CLASSES](X\u0004\0\0\0roadX\u0002\0\0\0\u00c3\u00a9e"
            + "X\u0001\0\0\0n](K\0K\u00ffM\0\u0001J\0\0\u0001\0J\u00ff\u00ff\u00ff\u00ff"
            + "\u008a\u0006\0\0\0\0\0\u0001e"
            + "X\u0001\0\0\0x](\u0088\u0089G\u003f\u00e0\0\0\0\0\0\0e"
            + "X\u0004\0\0\0noneNu"
            + "X\n\0\0\0state_dictccollections\nOrderedDict\n)R("
            + "X\u0001\0\0\0wctorch._utils\n_rebuild_tensor_v2\n("
            + "(X\u0007\0\0\0storagectorch\nHalfStorage\nX\u0001\0\0\u00000X\u0003\0\0\0cpuK\u0006tQ"
            + "K\0(K\u0002K\u0003t(K\u0003K\u0001t\u0089ccollections\nOrderedDict\n)RtR"
            + "X\u0001\0\0\0nctorch._utils\n_rebuild_tensor_v2\n("
            + "(X\u0007\0\0\0storagectorch\nLongStorage\nX\u0001\0\0\u00001X\u0003\0\0\0cpuK\u0001tQ"
            + "K\0))\u0089ccollections\nOrderedDict\n)RtRuu.";
    try (ZipFile zip = new ZipFile(path.toFile())) {
      assertThat(new String(read(zip, "data.pkl"), StandardCharsets.ISO_8859_1))
          .isEqualTo(expected);
    }
  }

  @Test
  void sameTensorsMakeTheSameFile() throws IOException {
    PyTorchWriter.write(path, Map.of("k", "v"), List.of(FOUR_BYTES), ZEROS);
    Path other = folder.resolve("b.pth");
    PyTorchWriter.write(other, Map.of("k", "v"), List.of(FOUR_BYTES), ZEROS);
    assertThat(other).hasSameBinaryContentAs(path);
  }

  @Test
  void whatCannotBeWrittenLeavesTheOldFile() throws IOException {
    Files.writeString(path, "before");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> PyTorchWriter.write(path, Map.of(), List.of(FOUR_BYTES, FOUR_BYTES), ZEROS))
        .withMessage("Two tensors have the name 'a'.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> PyTorchWriter.write(path, Map.of("k", List.of("\ud800")), List.of(), ZEROS))
        .withMessage("A tensor's name or a string of the metadata is not valid Unicode.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PyTorchWriter.write(path, Map.of("k", path), List.of(), ZEROS))
        .withMessageEndingWith("; it may have strings, numbers, booleans, null, lists and maps.");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                PyTorchWriter.write(
                    path,
                    Map.of(),
                    List.of(FOUR_BYTES),
                    (tensor, channel) -> channel.write(ByteBuffer.allocate(3))))
        .withMessage("The tensor a F32 (1) lacks 1 bytes");
    assertThat(path).hasContent("before");
    assertThat(folder.toFile().list()).containsExactly("a.pth");
  }
}
