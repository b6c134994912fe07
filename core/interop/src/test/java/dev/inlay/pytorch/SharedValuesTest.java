package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that a pickle shares many times are looked at once: time is bounded by its length. */
final class SharedValuesTest {

  private static final int ENTRIES = 99_000;
  private static final int LARGE = 440_000;

  @TempDir private Path folder;

  /** A value under the memo index 1, left out of the stack. */
  private static RawPickle shared(Consumer<RawPickle> value) {
    return RawPickle.begun().with(value).op('q', 1).op("0");
  }

  private static void largeDict(RawPickle pickle) {
    pickle.op("}(");
    for (int i = 0; i < LARGE; i++) {
      pickle.op('J').number(4, i).op("N");
    }
    pickle.op("u");
  }

  private static void largeList(RawPickle pickle) {
    pickle.op("](");
    for (int i = 0; i < LARGE; i++) {
      pickle.op("N");
    }
    pickle.op("e");
  }

  /** Entries under names of this beginning, all of one value. */
  private static void entries(RawPickle pickle, String begin, String refer, int... more) {
    for (int i = 0; i < ENTRIES; i++) {
      pickle.text(begin + i).op(refer, more);
    }
  }

  private void refused(RawPickle pickle) {
    assertThat(Attempt.refusal(folder, RawZip.checkpoint(pickle.end()).end()))
        .contains("it has no state dict");
  }

  private void opened(RawPickle pickle) {
    try (PyTorchFile file = Attempt.opened(folder, RawZip.checkpoint(pickle.end()).end())) {
      assertThat(file.tensors()).containsKey("w");
    }
  }

  private static RawPickle withState(RawPickle pickle) {
    return pickle.text("state_dict").op("}").text("w").tensor().op("s");
  }

  @Test
  void manyEntriesOfOneDictionary() {
    RawPickle pickle = shared(SharedValuesTest::largeDict).op("}(");
    entries(pickle, "a", "h", 1);
    refused(pickle.op("u"));
  }

  @Test
  void manyEntriesOfOneDictionaryBesideAStateDict() {
    for (String begin : new String[] {"a", "ema_", "optim."}) {
      RawPickle pickle = shared(SharedValuesTest::largeDict).op("}(");
      entries(withState(pickle), begin, "h", 1);
      opened(pickle.op("u"));
    }
  }

  @Test
  void manyEntriesOfOneList() {
    RawPickle pickle = shared(SharedValuesTest::largeList).op("}(");
    entries(withState(pickle), "a", "h", 1);
    opened(pickle.op("u"));
  }

  @Test
  void manyEntriesOfOneDictionaryWithATensorAtItsEnd() {
    RawPickle pickle =
        shared(
                dict -> {
                  largeDict(dict);
                  dict.text("w").tensor().op("s");
                })
            .op("}(");
    entries(withState(pickle), "ema_", "h", 1);
    opened(pickle.op("u"));
  }

  @Test
  void manyDictionariesThatHoldOneDictionary() {
    RawPickle pickle = shared(SharedValuesTest::largeDict).op("}(");
    entries(withState(pickle), "ema", "}U\nstate_dicth", 1, 's');
    opened(pickle.op("u"));
  }

  @Test
  void manyEntriesOfADiamond() {
    RawPickle pickle = RawPickle.begun().op("]q").op(1).op("0");
    for (int level = 1; level < 200; level++) {
      pickle.op("](h", level).op('h', level).op("eq").op(level + 1).op("0");
    }
    pickle.op("}(");
    entries(withState(pickle), "a", "h", 200);
    opened(pickle.op("u"));
  }

  @Test
  void manyEntriesOfADictionaryThatHoldsItself() {
    RawPickle pickle = RawPickle.begun().op("}q").op(1).text("self").op('h', 1).op("s0");
    pickle.op("}(");
    entries(withState(pickle), "a", "h", 1);
    opened(pickle.op("u"));
  }

  @Test
  void manyTensorsOfOneStorage() {
    RawPickle pickle = shared(RawPickle::tensor).op("}(");
    pickle.text("state_dict").op("}(").text("w").op('h', 1);
    entries(pickle, "a", "h", 1);
    opened(pickle.op("uu"));
  }
}
