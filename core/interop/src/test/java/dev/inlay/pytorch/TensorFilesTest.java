package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.weights.Safetensors;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
