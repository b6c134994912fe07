package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TensorFilesTest {

  @TempDir private Path temp;

  /** The header's length is what begins the file, so its first byte says nothing. */
  @Test
  void safetensorsMayBeginLikeAPickle() throws IOException {
    Path file = temp.resolve("x.safetensors");
    TensorInfo tensor = new TensorInfo("x", TensorType.F32, List.of(1L));
    for (int length = 1;
        Files.notExists(file) || Files.readAllBytes(file)[0] != (byte) 0x80;
        length++) {
      assertThat(length).isLessThan(300);
      SafetensorsWriter.write(
          file,
          Map.of("text", "x".repeat(length)),
          List.of(tensor),
          (each, to) -> to.write(ByteBuffer.allocate(4)));
    }

    try (TensorFile opened = TensorFiles.open(file)) {
      assertThat(opened).isInstanceOf(Safetensors.class);
      assertThat(opened.tensors()).containsOnlyKeys("x");
    }
  }

  private Path shard(String name, String... tensors) {
    Path file = temp.resolve(name);
    List<TensorInfo> all = new ArrayList<>();
    for (String each : tensors) {
      all.add(new TensorInfo(each, TensorType.F32, List.of(1L)));
    }
    SafetensorsWriter.write(
        file, Map.of(), all, (each, to) -> to.write(ByteBuffer.wrap(bytes(each.name()))));
    return file;
  }

  private static byte[] bytes(String name) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(name.length()).array();
  }

  private Path index(String map) throws IOException {
    return Files.writeString(
        temp.resolve("model.safetensors.index.json"),
        "{\"metadata\": {\"total_size\": 8}, \"weight_map\": %s}"
            .formatted(map.replace('\'', '"')));
  }

  @Test
  void anIndexOpensItsFiles() throws IOException {
    shard("one.safetensors", "a", "bcd");
    shard("two.safetensors", "ef");
    Path index =
        index("{'a': 'one.safetensors', 'ef': 'two.safetensors', 'bcd': 'one.safetensors'}");

    try (TensorFile file = TensorFiles.open(index)) {
      assertThat(file.tensors()).containsOnlyKeys("a", "ef", "bcd");
      assertThat(file.floats(file.tensor("ef"))).containsExactly(2);
      assertThat(file.floats(file.tensor("bcd"))).containsExactly(3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a': '../one.safetensors'}|it must be the plain name of a file beside the index",
        "{'a': '/etc/passwd'}|it must be the plain name of a file beside the index",
        "{'a': '..'}|it must be the plain name of a file beside the index",
        "{'a': 'x\\\\y'}|it must be the plain name of a file beside the index",
        "{'a': ''}|it must be the plain name of a file beside the index",
        "{'a': 3}|it must be the plain name of a file beside the index",
        "{'a': null}|it must be the plain name of a file beside the index",
        "{'a': 'x\\u0000y'}|it must be the plain name of a file beside the index",
        "{'a': 'two.safetensors'}|1 of the 1 files that it names are not beside it: 'two.safetensors'",
        "{'a': 'model.safetensors.index.json'}|is the index of a model in several files",
        "{'c': 'one.safetensors'}|the tensor 'c' is in 'one.safetensors', which does not have it",
        "{'a': 'one.safetensors'}|does not list the tensor 'b' of 'one.safetensors'",
        "{}|lists 0 tensors",
        "[]|no JSON object with a weight_map",
        "{'a': 'one.safetensors'|no JSON object with a weight_map"
      })
  void anIndexThatLeadsElsewhereIsRefused(String map, String message) throws IOException {
    shard("one.safetensors", "a", "b");
    Path index = index(map);
    assertThatThrownBy(() -> TensorFiles.open(index))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining(message);
  }

  @Test
  void filesOfOtherKindsAreNamed() throws IOException {
    Path page = Files.writeString(temp.resolve("best.pth"), "<!DOCTYPE html>\n<html>");
    assertThatThrownBy(() -> TensorFiles.open(page))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            page
                + " is a web page, not weights that Inlay reads. Check the address that it was"
                + " fetched from.");
    Path paddle =
        Files.write(
            temp.resolve("any"),
            RawPickle.begun().op("}").text("StructuredToParameterName@@").op("}s").end());
    assertThatThrownBy(() -> TensorFiles.open(paddle))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("it is a PaddlePaddle file, not one that torch.save has written");
  }
}
