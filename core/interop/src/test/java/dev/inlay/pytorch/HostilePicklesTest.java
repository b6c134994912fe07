package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles that would never end, or take all memory, in whatever believes them. */
final class HostilePicklesTest {
  private static final Consumer<RawPickle> NOTHING = pickle -> {};

  @TempDir Path folder;

  private String refusal(byte[] pickle) {
    return Attempt.refusal(folder, RawZip.checkpoint(pickle).end());
  }

  private String refusal(RawPickle pickle) {
    return refusal(pickle.end());
  }

  private PyTorchFile opened(byte[] pickle) {
    return Attempt.opened(folder, RawZip.checkpoint(pickle).end());
  }

  @Test
  void deepNestingOverflowsNothing() {
    int depth = 900_000;
    assertThat(refusal(RawPickle.begun().op("]".repeat(depth) + "a".repeat(depth - 1))))
        .startsWith(": it holds a list, not a dictionary of tensors");
    assertThat(refusal(RawPickle.begun().op("(".repeat(depth) + "t".repeat(depth))))
        .startsWith(": it holds a tuple, not a dictionary of tensors");
  }

  @Test
  void nestingInTuplesOverflowsNothing() {
    RawPickle pickle = RawPickle.begun().op("}").text("x").op(")");
    for (int i = 0; i < 900_000; i++) {
      pickle.op(0x85);
    }
    assertThat(refusal(pickle.op("s"))).startsWith(": it has no state dict");
  }

  @Test
  void deepPassengersAreReportedNotFollowed() {
    byte[] pickle =
        RawPickle.checkpoint(
            NOTHING,
            beside -> {
              beside.text("list").op(")");
              for (int i = 0; i < 100_000; i++) {
                beside.op(0x85);
              }
              beside.text("dict").op("}");
              for (int i = 0; i < 10_000; i++) {
                beside.op("K\1}");
              }
              beside.op("s".repeat(10_000));
            });
    try (PyTorchFile file = opened(pickle)) {
      assertThat(file.skipped())
          .extracting(Skipped::toString)
          .containsExactly(
              "list: a tuple with more than is read",
              "dict.1.1.1.1.1.1.1.1: a dictionary within many others");
    }
  }

  @Test
  void tooManyMarksAndValues() {
    assertThat(refusal(RawPickle.begun().op("(".repeat(1_000_001))))
        .contains("pushes more than 1000000 values");
    assertThat(refusal(RawPickle.begun().op("N".repeat(1_000_001))))
        .contains("pushes more than 1000000 values");
    assertThat(refusal(RawPickle.begun().op("]0".repeat(1_000_001))))
        .contains("holds more than 1000000 values");
    assertThat(refusal(RawPickle.begun().op("N0".repeat(2_500_001))))
        .contains("has more than 5000000 operations");
  }

  @Test
  void containersMayHoldThemselves() {
    byte[] pickle =
        RawPickle.checkpoint(
            inside -> inside.text("self").op("]q\1h\1a"),
            beside ->
                beside
                    .text("list")
                    .op("]q\2h\2a")
                    .text("dict")
                    .op("}q\3")
                    .text("again")
                    .op("h\3s")
                    .text("key")
                    .op("}q\4h\4h\4s")
                    .text("set")
                    .op(0x8f, 'q', 5, '(', 'h', 5, 0x90));
    try (PyTorchFile file = opened(pickle)) {
      assertThat(file.skipped())
          .extracting(Skipped::toString)
          .contains(
              "state_dict.self: a list",
              "list: a list with more than is read",
              "key.…: 1 entries whose keys are neither texts nor numbers",
              "set: a set with more than is read");
    }
  }

  @Test
  void aBillionLaughsAreCutShort() {
    byte[] pickle =
        RawPickle.checkpoint(
            NOTHING,
            beside -> {
              beside.op("(").text("lol").op("lq\0010");
              for (int i = 1; i < 60; i++) {
                beside.op("(");
                for (int k = 0; k < 10; k++) {
                  beside.op('h', i);
                }
                beside.op('l', 'q', i + 1, '0');
              }
              for (int i = 0; i < 1000; i++) {
                beside.text("laugh" + i).op('h', 60);
              }
              beside.text("dicts").op("}q", 100).op("0");
              for (int i = 0; i < 60; i++) {
                beside.op("}(");
                for (int k = 0; k < 10; k++) {
                  beside.op('K', k, 'h', 100 + i);
                }
                beside.op('u', 'q', 101 + i, '0');
              }
              beside.op('h', 160);
            });
    try (PyTorchFile file = opened(pickle)) {
      assertThat(file.tensors()).containsOnlyKeys("weight");
      assertThat(file.skipped()).hasSizeLessThan(102);
    }
  }

  @Test
  void sharedArgumentsAreNotCopiedWithoutEnd() {
    RawPickle many = RawPickle.begun().op("](").op("N".repeat(500_000)).op("e").op(0x85, 'q', 0);
    many.global("torch", "Size").op("q\1");
    for (int i = 0; i < 100_000; i++) {
      many.op("h\1h\0R");
    }
    assertThat(refusal(many)).contains("makes more tensors and containers than any checkpoint");
  }

  @Test
  void hugeLengthsAreNotBelieved() {
    String huge = ": its pickle declares a value of ";
    for (int code : new int[] {0x8d, 0x8e, 0x96, 0x95}) {
      assertThat(refusal(RawPickle.begun().op(code).number(8, 1L << 62))).startsWith(huge);
      assertThat(refusal(RawPickle.begun().op(code).number(8, -1))).startsWith(huge);
    }
    for (int code : new int[] {'X', 'T', 'B', 0x8b}) {
      assertThat(refusal(RawPickle.begun().op(code).number(4, 0x7fffffff))).startsWith(huge);
      assertThat(refusal(RawPickle.begun().op(code).number(4, 0xffffffffL))).startsWith(huge);
    }
  }

  @Test
  void longTextsAndNumbersArePassedOver() {
    byte[] pickle =
        RawPickle.checkpoint(
            NOTHING,
            beside ->
                beside
                    .text("text")
                    .text("x".repeat(2_000_000))
                    .text("number")
                    .op(0x8b)
                    .number(4, 1000)
                    .op("x".repeat(1000))
                    .text("bytes")
                    .op("B")
                    .number(4, 3)
                    .op("abc"));
    try (PyTorchFile file = opened(pickle)) {
      assertThat(file.skipped())
          .extracting(Skipped::toString)
          .containsExactly(
              "text: a text of more than 1048576 bytes",
              "number: a number of more than 255 bytes",
              "bytes: bytes");
    }
    RawPickle texts = RawPickle.begun();
    for (int i = 0; i < 20; i++) {
      texts.text("x".repeat(1_000_000));
    }
    assertThat(refusal(texts)).contains("has more than 16777216 bytes of texts");
    assertThat(refusal(RawPickle.begun().op("I" + "1".repeat(100_000))))
        .contains("has a line of more than 65536 bytes");
  }

  @Test
  void memoIndicesAreBounded() {
    assertThat(refusal(RawPickle.begun().op("Nr").number(4, 0xffffffffL)))
        .contains("has the memo index 4294967295");
    assertThat(refusal(RawPickle.begun().op("Np99999999999999999999\n")))
        .contains("has '99999999999999999999' for a memo index");
    assertThat(refusal(RawPickle.begun().op("Np-1\n"))).contains("has the memo index -1");
    assertThat(refusal(RawPickle.begun().op("j").number(4, 0xffffffffL)))
        .contains("refers to the memo index 4294967295, which it has not set");
    assertThat(refusal(RawPickle.begun().op("h\7"))).contains("refers to the memo index 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "t", "e", "a", "s", "u", "R", "b", "Q", "2", "q\1", "N(a", "No"})
  void moreIsTakenThanWasPut(String operations) {
    assertThat(refusal(RawPickle.begun().op(operations)))
        .containsAnyOf("pops more values from its stack", "lacks a mark");
  }

  @Test
  void operationsOnWhatHasNone() {
    assertThat(refusal(RawPickle.begun().op("NNa"))).contains("adds items to None");
    assertThat(refusal(RawPickle.begun().op(")Na"))).contains("adds items to a tuple");
    assertThat(refusal(RawPickle.begun().op("NNNs"))).contains("sets items of None");
    assertThat(refusal(RawPickle.begun().op("}(Nu"))).contains("a key without a value");
    assertThat(refusal(RawPickle.begun().op("N)R"))).contains("calls None");
    assertThat(refusal(RawPickle.begun().op("])", 0x81))).contains("an object of a list");
    assertThat(refusal(RawPickle.begun().op("(o"))).contains("an object without a class");
    assertThat(refusal(RawPickle.begun().op("NN", 0x93))).contains("names a class by None");
  }

  @Test
  void operationsThatAreNotRead() {
    assertThat(refusal(RawPickle.begun().op(0x82, 1))).contains("Python's extension registry");
    assertThat(refusal(RawPickle.begun().op(0x97))).contains("buffers outside of it");
    assertThat(refusal(RawPickle.begun().op(0xff))).contains("the unknown operation 0xff");
    assertThat(refusal(new RawPickle().op(0x80, 6))).contains("has the protocol 6");
    assertThat(refusal(RawPickle.begun().op("Pstorage 0\n"))).contains("pickled with protocol 0");
    assertThat(refusal(RawPickle.begun().op("NQ"))).contains("outside of it that is no storage");
    assertThat(refusal(RawPickle.begun().op("(").text("module").op("NNNNtQ")))
        .contains("outside of it that is no storage");
    assertThat(refusal(RawPickle.begun().op("N"))).contains("it holds None");
    assertThat(refusal(RawPickle.begun().op("N").bytes())).contains("ends in the middle");
    assertThat(refusal(new byte[0])).contains("ends in the middle");
  }
}
