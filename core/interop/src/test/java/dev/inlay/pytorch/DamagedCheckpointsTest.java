package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.InlayException;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files cut short or with other bytes are read or refused with one message, nothing else. */
final class DamagedCheckpointsTest {
  private static final int FLIPS = 3000;

  @TempDir Path folder;

  /** Opens a file and reads all of its tensors; whether that went well. */
  private boolean reads(byte[] content) throws IOException {
    Path path = Files.write(folder.resolve("damaged.pth"), content);
    try (TensorFile file = TensorFiles.open(path)) {
      for (TensorInfo tensor : file.tensors().values()) {
        file.read(tensor, ByteBuffer.allocate((int) tensor.bytes()));
      }
      return true;
    } catch (InlayException refused) {
      assertThat(refused).hasMessageStartingWith(path.toString());
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"views", "views-older", "types-older-p4"})
  void everyBeginningIsRefused(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Checkpoints.resource(name));
    for (int length = 0; length < whole.length; length++) {
      assertThat(reads(Arrays.copyOf(whole, length))).as("%d bytes", length).isFalse();
    }
    assertThat(reads(whole)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "views, 1",
    "no-checksums, 2",
    "training-older, 3",
    "types-older-p4, 4",
    "views-older, 5"
  })
  void changedBytesAreReadOrRefused(String name, int seed) throws IOException {
    byte[] whole = Files.readAllBytes(Checkpoints.resource(name));
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < FLIPS; i++) {
      byte[] changed = whole.clone();
      for (int k = random.nextInt(3); k >= 0; k--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      refused += reads(changed) ? 0 : 1;
    }
    assertThat(refused).isBetween(FLIPS / 20, FLIPS);
  }

  @Test
  void changedPicklesInWholeZips() throws IOException {
    byte[] pickle =
        RawPickle.checkpoint(
            inside -> inside.text("bias").tensor(4, 2, new long[] {2}, new long[] {1}),
            beside -> beside.text("meta").op("}").text("names").op("](K\1K\2es"));
    Random random = new Random(6);
    int refused = 0;
    for (int i = 0; i < FLIPS; i++) {
      byte[] changed = pickle.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      refused += reads(RawZip.checkpoint(changed).end()) ? 0 : 1;
    }
    assertThat(refused).isBetween(FLIPS / 20, FLIPS - FLIPS / 20);
  }
}
