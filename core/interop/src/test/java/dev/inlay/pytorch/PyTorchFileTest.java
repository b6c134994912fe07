package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.inlay.InlayException;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What torch.save writes is read: names, shapes and every byte are those that PyTorch loads. */
final class PyTorchFileTest {
  @TempDir Path folder;

  private static PyTorchFile open(String name) {
    return PyTorchFile.open(Checkpoints.resource(name));
  }

  /** The CRC-32 of all names and numbers in their order, the latter read in pieces. */
  private static String checksum(TensorFile file, int pieceBytes) {
    CRC32 checksum = new CRC32();
    for (TensorInfo tensor : file.tensors().values()) {
      checksum.update(tensor.name().getBytes(StandardCharsets.UTF_8));
      for (long from = 0; from < tensor.bytes(); from += pieceBytes) {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(pieceBytes, tensor.bytes() - from));
        file.read(tensor, from, piece);
        assertThat(piece.hasRemaining()).isFalse();
        checksum.update(piece.flip());
      }
    }
    return Long.toHexString(checksum.getValue());
  }

  @ParameterizedTest
  @CsvSource({
    "bare, 7, b3202b9d",
    "bare-older, 7, b3202b9d",
    "training, 7, b3202b9d",
    "training-older, 7, b3202b9d",
    "types-p1, 13, b7f50533",
    "types-p2, 13, b7f50533",
    "types-p4, 13, b7f50533",
    "types-p5, 13, b7f50533",
    "types-older, 13, b7f50533",
    "types-older-p4, 13, b7f50533",
    "views, 6, 6081aaf5",
    "views-older, 6, 6081aaf5",
    "no-checksums, 1, f9cc1612"
  })
  void allNumbersAreThoseThatPyTorchLoads(String name, int tensors, String checksum) {
    try (PyTorchFile file = open(name)) {
      assertThat(file.tensors()).hasSize(tensors);
      assertThat(checksum(file, 8)).isEqualTo(checksum);
      assertThat(checksum(file, 1 << 16)).isEqualTo(checksum);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "deeplabv3plus_r18-d8_training, 232, 4b4f625c",
    "ocrnet_hr-small, 616, ed88461e",
    "pspnet_r18-d8, 178, 3612e214"
  })
  void publishedKindsOfCheckpoints(String name, int tensors, String checksum) {
    String shared = System.getProperty("inlay.shared", "");
    assumeThat(shared).as("the property inlay.shared names a folder").isNotBlank();
    Path path = Path.of(shared, "golden", "checkpoints", name + ".pth");
    try (TensorFile file = TensorFiles.open(path)) {
      assertThat(file.tensors()).hasSize(tensors);
      assertThat(checksum(file, 1 << 16)).isEqualTo(checksum);
      assertThat(file.metadata()).containsKey("meta.epoch");
    }
  }

  @Test
  void everyTypeIsReadAsItself() {
    try (PyTorchFile file = open("types-p2")) {
      assertThat(file.tensors().values())
          .extracting(TensorInfo::type)
          .contains(TensorType.values());
      assertThat(file.floats(file.tensor("bfloat16"))).containsExactly(0.5f, -2, 3);
      assertThat(file.floats(file.tensor("float64"))).containsExactly(0.5f, -2, 3);
      assertThat(file.longs(file.tensor("uint8"))).containsExactly(1, 200, 3);
      assertThat(file.longs(file.tensor("bool"))).containsExactly(1, 0, 1);
      assertThat(file.tensor("scalar").shape()).isEmpty();
      assertThat(file.tensor("empty").shape()).containsExactly(0L, 3L);
    }
  }

  @Test
  void viewsOfOneStorageComeInRowMajorOrder() {
    try (PyTorchFile file = open("views")) {
      assertThat(file.floats(file.tensor("tail"))).containsExactly(8, 9, 10, 11);
      assertThat(file.tensor("transposed").shape()).containsExactly(4L, 3L);
      assertThat(file.floats(file.tensor("transposed")))
          .containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
      assertThat(file.floats(file.tensor("every_second"))).containsExactly(0, 2, 4, 6, 8, 10);
    }
  }

  @ParameterizedTest
  @CsvSource({"training", "training-older"})
  void whatStandsBesideTheTensorsIsTextOrReported(String name) {
    try (PyTorchFile file = open(name)) {
      assertThat(file.stateDictPlace()).isEqualTo("state_dict");
      assertThat(file.removedPrefix()).isEqualTo("module.");
      assertThat(file.tensors()).containsKey("0.weight").doesNotContainKey("module.0.weight");
      assertThat(file.metadata())
          .containsEntry("epoch", "3")
          .containsEntry("best", "0.5")
          .containsEntry("meta.cfg", "model = dict(type='X')\n")
          .containsEntry("meta.CLASSES", "[\"road\",\"sky\"]")
          .containsEntry("meta.PALETTE", "[[1,2,3],[4,5,6]]")
          .containsEntry("meta.none", "null")
          .containsEntry("meta.dataset_meta.classes", "[\"a\",\"b\"]")
          .hasSize(7);
      assertThat(file.skipped())
          .extracting(Skipped::toString)
          .containsExactly(
              "state_dict.module.count: the number 5",
              "state_dict.module.1._extra_state: lab.notes.Note",
              "meta.hooks: lab.notes.Note",
              "meta.more: a list with lab.notes.Note",
              "ema_state_dict: a dictionary with tensors",
              "optimizer: a dictionary with tensors",
              "notes.one: lab.notes.Note",
              "notes.two: lab.notes.Note");
    }
  }

  @Test
  void bareStateDictIsItsOwnPlace() {
    try (PyTorchFile file = open("bare")) {
      assertThat(file.stateDictPlace()).isEmpty();
      assertThat(file.removedPrefix()).isEmpty();
      assertThat(file.metadata()).isEmpty();
      assertThat(file.skipped()).isEmpty();
    }
  }

  @Test
  void stateDictMayLieOneDeeper() {
    try (PyTorchFile file = open("types-p4")) {
      assertThat(file.stateDictPlace()).isEqualTo("model.state_dict");
      assertThat(file.metadata()).containsEntry("model.epoch", "1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "complex|the tensor 'bad' has numbers of torch.ComplexFloatStorage, which Inlay does not read",
        "conjugate|'bad' in its state dict is a tensor with metadata, such as a negation, which",
        "negated|'bad' in its state dict is a tensor with metadata, such as a negation, which",
        "sparse|'bad' in its state dict is torch._utils._rebuild_sparse_tensor, which is not loaded",
        "quantised|'bad' in its state dict is torch._utils._rebuild_qtensor, which is not loaded",
        "float8|'bad' in its state dict is a tensor of torch.float8_e4m3fn, which is not loaded",
        "uint16|'bad' in its state dict is a tensor of torch.uint16, which is not loaded",
        "expanded|the tensor 'bad' has 3 numbers but only 1 are stored: it is expanded"
      })
  void tensorsOfOtherKindsAreRefusedByName(String name, String message) {
    assertThatExceptionOfType(InlayException.class)
        .isThrownBy(() -> open("bad-" + name))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"asides", "asides-older"})
  void tensorsOfOtherKindsMayStandAside(String name) {
    try (PyTorchFile file = open(name)) {
      assertThat(file.tensors()).containsOnlyKeys("fine");
      assertThat(file.floats(file.tensor("fine"))).containsExactly(1);
      assertThat(file.skipped()).contains(new Skipped("aside", "a dictionary with tensors"));
    }
  }

  @Test
  void wholeModuleIsRefusedByItsClass() {
    assertThatThrownBy(() -> open("module"))
        .isInstanceOf(InlayException.class)
        .hasMessageEndingWith(
            ": it holds torch.nn.modules.container.Sequential, not a dictionary of tensors. "
                + "Save it in Python with torch.save(model.state_dict(), path).");
  }

  @Test
  void programIsRefused() {
    assertThatThrownBy(() -> open("program"))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining(": it is a TorchScript program, not a checkpoint.");
  }

  @Test
  void damagedNumbersAreNoticedWhenTheyAreRead() throws IOException {
    byte[] content = Files.readAllBytes(Checkpoints.resource("bare"));
    try (PyTorchFile file = open("bare")) {
      byte[] weight = new byte[(int) file.tensor("0.weight").bytes()];
      file.read(file.tensor("0.weight"), ByteBuffer.wrap(weight));
      int at = Checkpoints.indexOf(content, weight);
      content[at + weight.length - 1] ^= 1;
    }
    Path path = Files.write(folder.resolve("damaged.pth"), content);
    try (PyTorchFile file = PyTorchFile.open(path)) {
      assertThatThrownBy(() -> checksum(file, 16))
          .isInstanceOf(InlayException.class)
          .hasMessageContaining("the tensor '0.weight' does not match its CRC-32");
      assertThatThrownBy(() -> file.floats(file.tensor("0.weight")))
          .isInstanceOf(InlayException.class);
      assertThat(file.floats(file.tensor("0.bias"))).containsExactly(100, 101, 102);
    }
  }

  @Test
  void onlyItsOwnTensorsAndBytesAreRead() {
    try (PyTorchFile file = open("bare")) {
      TensorInfo bias = file.tensor("0.bias");
      ByteBuffer target = ByteBuffer.allocate(12);
      TensorInfo foreign = new TensorInfo("0.bias", TensorType.F32, List.of(1L));
      assertThatThrownBy(() -> file.read(foreign, 0, target))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> file.read(bias, 4, target))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theFirstBytesDecideNotTheName() throws IOException {
    Path renamed = folder.resolve("model.safetensors");
    Files.copy(Checkpoints.resource("bare-older"), renamed);
    try (TensorFile file = TensorFiles.open(renamed)) {
      assertThat(file).isInstanceOf(PyTorchFile.class);
    }
    Path safetensors = folder.resolve("model.pth");
    Files.writeString(safetensors, "\2\0\0\0\0\0\0\0{}");
    try (TensorFile file = TensorFiles.open(safetensors)) {
      assertThat(file.tensors()).isEmpty();
    }
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(StandardCharsets.UTF_8), 0, tar, 257, 5);
    Path old = Files.write(folder.resolve("old.pth"), tar);
    assertThatThrownBy(() -> TensorFiles.open(old))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("is a tar archive, not weights that Inlay reads.");
  }

  @Test
  void missingFileAndFolder() {
    assertThatThrownBy(() -> PyTorchFile.open(folder.resolve("none.pth")))
        .isInstanceOf(InlayException.class)
        .hasMessageEndingWith(" does not exist. Give the path of a PyTorch checkpoint.");
    assertThatThrownBy(() -> PyTorchFile.open(folder))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining(" is a folder, not a PyTorch checkpoint.");
  }
}
