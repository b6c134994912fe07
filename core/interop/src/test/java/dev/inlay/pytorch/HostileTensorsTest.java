package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tensors that reach beyond their storages, and storages that are not there. */
final class HostileTensorsTest {
  @TempDir Path folder;

  private String refusal(long count, long offset, long[] shape, long[] strides) {
    RawPickle pickle =
        RawPickle.begun().op("}").text("weight").tensor(count, offset, shape, strides).op("s");
    return Attempt.refusal(folder, RawZip.checkpoint(pickle.end()).end());
  }

  private static long[] of(long... numbers) {
    return numbers;
  }

  @Test
  void beyondTheStorage() {
    assertThat(refusal(4, 0, of(5), of(1)))
        .contains("reaches number 4 of its storage, which has 4");
    assertThat(refusal(4, 1, of(4), of(1)))
        .contains("reaches number 4 of its storage, which has 4");
    assertThat(refusal(4, 0, of(2, 2), of(3, 1))).contains("reaches number 4 of its storage");
    assertThat(refusal(4, Long.MAX_VALUE, of(1), of(1))).contains("reaches number 922337203685477");
    assertThat(refusal(4, Long.MAX_VALUE, of(2), of(1))).contains("more than any file holds");
  }

  @Test
  void sizesAndStridesThatNoTensorHas() {
    assertThat(refusal(4, 0, of(-1), of(1)))
        .contains("the shape [-1] and the strides [1]; none can");
    assertThat(refusal(4, 3, of(4), of(-1))).contains("the strides [-1]; none can be negative");
    assertThat(refusal(4, -1, of(4), of(1))).contains("offset, shape or strides are wrong");
    assertThat(refusal(4, 0, of(4), of(1, 1))).contains("offset, shape or strides are wrong");
    assertThat(refusal(4, 0, new long[65], new long[65])).contains("shape or strides are wrong");
    assertThat(refusal(4, 0, of(1L << 40, 1L << 40), of(0, 0)))
        .contains("more than any file holds");
    assertThat(refusal(4, 0, of(2, 2), of(1L << 62, 1L << 62)))
        .contains("more than any file holds");
    assertThat(refusal(4, 0, of(1L << 40), of(0))).contains("it is expanded");
    assertThat(refusal(4, 0, of(3, 2), of(1, 1))).contains("it is expanded");
  }

  @Test
  void storagesOfOtherSizesThanTheirEntries() {
    assertThat(refusal(5, 0, of(5), of(1)))
        .contains("a storage of 5 numbers (torch.FloatStorage), but the file has 16 bytes of it");
    assertThat(refusal(3, 0, of(3), of(1))).contains("a storage of 3 numbers");
    assertThat(refusal(1L << 61, 0, of(4), of(1))).contains("a storage of 2305843009213693952 num");
    assertThat(refusal(-4, 0, of(4), of(1))).contains("outside of it that is no storage");
  }

  @Test
  void storagesThatAreNotThereOrOfTwoKinds() {
    RawPickle lacking =
        RawPickle.begun()
            .op("}")
            .text("weight")
            .global("torch._utils", "_rebuild_tensor")
            .op("(")
            .storage("../data.pkl", 4)
            .op("K", 0)
            .wholes(4)
            .wholes(1)
            .op("tRs");
    assertThat(Attempt.refusal(folder, RawZip.checkpoint(lacking.end()).end()))
        .contains("refers to the storage '../data.pkl', which the file lacks");
    RawPickle twice = RawPickle.begun().op("](").storage("0", 4).storage("0", 3).op("e");
    assertThat(Attempt.refusal(folder, RawZip.checkpoint(twice.end()).end()))
        .contains("describes the storage '0' in two ways");
    RawPickle unknown =
        RawPickle.begun()
            .op("(")
            .text("storage")
            .global("torch", "OddStorage")
            .text("0")
            .text("cpu")
            .op("K\4tQ");
    assertThat(Attempt.refusal(folder, RawZip.checkpoint(unknown.end()).end()))
        .contains("a storage of torch.OddStorage, a kind that Inlay does not know");
  }

  @Test
  void manyTensorsFromFewBytes() {
    RawPickle pickle = RawPickle.begun().op("}").text("weight").tensor().op("s");
    pickle.global("torch._utils", "_rebuild_tensor").op("q\0010(");
    pickle.storage("0", 4).op("K", 0).wholes(new long[64]).wholes(new long[64]).op("tq\0020");
    for (int i = 0; i < 300_000; i++) {
      pickle.op("h\1h\2R");
    }
    assertThat(Attempt.refusal(folder, RawZip.checkpoint(pickle.end()).end()))
        .contains("makes more tensors and containers than any checkpoint needs");
  }
}
