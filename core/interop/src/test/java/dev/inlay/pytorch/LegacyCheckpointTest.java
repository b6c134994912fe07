package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the older format. */
final class LegacyCheckpointTest {
  @TempDir Path folder;

  private static RawPickle magic() {
    return RawPickle.begun()
        .op(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19);
  }

  private static RawPickle weight() {
    return RawPickle.begun().op("}").text("weight").tensor().op("s");
  }

  private static byte[] file(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  private static byte[] protocol() {
    return RawPickle.begun().op("M").number(2, 1001).end();
  }

  private static byte[] system(int littleEndian) {
    return RawPickle.begun().op("}").text("little_endian").op(littleEndian).op("s").end();
  }

  private static byte[] keys(String... keys) {
    RawPickle pickle = RawPickle.begun().op("](");
    for (String key : keys) {
      pickle.text(key);
    }
    return pickle.op("e").end();
  }

  private static byte[] count(long count) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(count).array();
  }

  private String refusal(byte[]... parts) {
    return Attempt.refusal(folder, file(parts));
  }

  /** The parts before the storages, with these keys. */
  private static byte[] head(String... keys) {
    return file(magic().end(), protocol(), system(0x88), weight().end(), keys(keys));
  }

  @Test
  void wellFormed() {
    byte[] content = file(head("0"), count(4), RawZip.floats(1, 2, 3, 4));
    try (PyTorchFile file = Attempt.opened(folder, content)) {
      assertThat(file.floats(file.tensor("weight"))).containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void partOfAStorage() {
    RawPickle pickle =
        RawPickle.begun()
            .op("}")
            .text("weight")
            .global("torch._utils", "_rebuild_tensor")
            .op("((")
            .text("storage")
            .global("torch", "FloatStorage")
            .text("0")
            .text("cpu")
            .op("K\4(")
            .text("view")
            .op("K\1K\2ttQ")
            .op("K", 0)
            .wholes(2)
            .wholes(1)
            .op("tRs");
    byte[] content =
        file(
            magic().end(),
            protocol(),
            system(0x88),
            pickle.end(),
            keys("0"),
            count(4),
            RawZip.floats(1, 2, 3, 4));
    try (PyTorchFile file = Attempt.opened(folder, content)) {
      assertThat(file.floats(file.tensor("weight"))).containsExactly(2, 3);
    }
  }

  @Test
  void otherPickles() {
    assertThat(refusal(RawPickle.begun().op("}").end()))
        .contains("it is a pickle, not one that torch.save has written");
    assertThat(refusal(magic().end(), RawPickle.begun().op("K\1").end()))
        .contains("its format version is not 1001");
    assertThat(refusal(magic().end(), protocol(), system(0x89)))
        .contains("its numbers are big-endian");
    // Only the object itself may refer to storages.
    assertThat(refusal(RawPickle.begun().storage("0", 4).end()))
        .contains("refers to something outside of it that is no storage");
  }

  @Test
  void storagesThatDoNotFit() {
    assertThat(refusal(head("0"), count(5), RawZip.floats(1, 2, 3, 4, 5)))
        .contains("its storage '0' has 4 numbers in its pickle and 5 before its data");
    assertThat(refusal(head("0"), count(4), RawZip.floats(1, 2, 3)))
        .contains("its storage '0' has 4 numbers, but only 12 bytes follow");
    assertThat(refusal(head("0"), new byte[7])).contains("it ends before its storage '0'");
    assertThat(refusal(head("0", "0"), count(4), RawZip.floats(1, 2, 3, 4)))
        .contains("its list of storages names the text '0', which is unknown or listed twice");
    assertThat(refusal(head("1")))
        .contains("its list of storages names the text '1', which is unknown");
    assertThat(refusal(head())).contains("refers to the storage '0', which the file lacks");
    assertThat(
            refusal(
                magic().end(),
                protocol(),
                system(0x88),
                weight().end(),
                RawPickle.begun().op("N").end()))
        .contains("it lacks the list of its storages");
  }
}
