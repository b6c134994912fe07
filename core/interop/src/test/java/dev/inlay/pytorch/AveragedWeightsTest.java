package dev.inlay.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.pytorch.WeightSet.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a checkpoint with two sets of weights, one is taken and both are named. */
final class AveragedWeightsTest {

  @TempDir private Path folder;

  private static RawPickle tensor(RawPickle pickle, String name, long offset) {
    return pickle.text(name).tensor(4, offset, new long[] {1}, new long[] {1});
  }

  /** A dictionary with a weight whose value is the offset plus 1. */
  private static void state(RawPickle pickle, String key, String begin, long offset, String more) {
    pickle.text(key).op("}(");
    tensor(pickle, begin + "a.weight", offset);
    tensor(pickle, begin + "a.bias", offset);
    if (!more.isEmpty()) {
      tensor(pickle, more, 3);
    }
    pickle.op("u");
  }

  private PyTorchFile opened(RawPickle root, @Nullable Kind wanted) throws IOException {
    byte[] zip = RawZip.checkpoint(root.op("u").end()).end();
    return PyTorchFile.open(Files.write(folder.resolve("two.pth"), zip), wanted);
  }

  private static float value(PyTorchFile file) {
    return file.floats(file.tensor("a.weight"))[0];
  }

  @ParameterizedTest
  @CsvSource({
    // usual key, other key, names of the other, a tensor more, which set the usual key has
    "state_dict, state_dict_ema, '', '', RAW",
    "state_dict, state_dict_ema, module., '', RAW",
    "model, model_ema, '', '', RAW",
    "params, params_ema, '', '', RAW",
    "state_dict, ema_state_dict, '', '', RAW",
    "state_dict, ema_state_dict, module., steps, EMA",
    "state_dict, current_model_state, '', '', EMA",
    "model_state_dict, ema, '', '', RAW",
    "model, averaged_model, module., n_averaged, RAW"
  })
  void theUsualKeyCountsAndTheOtherCanBeTaken(
      String usual, String other, String begin, String more, Kind kind) throws IOException {
    for (@Nullable Kind wanted : new @Nullable Kind[] {null, Kind.RAW, Kind.EMA}) {
      RawPickle root = RawPickle.begun().op("}(");
      state(root, usual, "", 0, "");
      state(root, other, begin, 1, more);
      try (PyTorchFile file = opened(root, wanted)) {
        boolean isUsual = wanted == null || wanted == kind;
        WeightSet set = file.weights().orElseThrow();
        assertThat(value(file)).isEqualTo(isUsual ? 1 : 2);
        assertThat(set.kind()).isEqualTo(wanted == null ? kind : wanted);
        assertThat(set.place()).isEqualTo(isUsual ? usual : other);
        assertThat(set.other()).hasValue(isUsual ? other : usual);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"ema_model., model.", "model_ema.module., model.", "ema., ''", "ema_model., ''"})
  void namesMayTellTheSetsApart(String averaged, String raw) throws IOException {
    for (Kind wanted : Kind.values()) {
      RawPickle root = RawPickle.begun().op("}(").text("state_dict").op("}(");
      for (String each : new String[] {"a.weight", "a.bias"}) {
        tensor(root, averaged + each, 1);
        tensor(root, raw + each, 0);
      }
      try (PyTorchFile file = opened(root.op("u"), wanted)) {
        String begin = wanted == Kind.EMA ? "" : raw;
        assertThat(file.tensors()).containsOnlyKeys(begin + "a.weight", begin + "a.bias");
        assertThat(file.floats(file.tensor(begin + "a.bias"))[0])
            .isEqualTo(wanted == Kind.EMA ? 2 : 1);
        assertThat(file.weights().orElseThrow().kind()).isEqualTo(wanted);
      }
    }
  }

  /** A state dict of mmcv's EMAHook, and the text of a configuration beside it. */
  private static RawPickle buffered(String config, String... more) {
    RawPickle root = RawPickle.begun().op("}(").text("meta").op("}(");
    root.text("config").text(config).op("u").text("state_dict").op("}(");
    for (String name : new String[] {"a.weight", "a.bias", "n.running_mean"}) {
      tensor(root, name, 0);
    }
    for (String name : new String[] {"ema_a_weight", "ema_a_bias"}) {
      tensor(root, name, 1);
    }
    for (String name : more) {
      tensor(root, name, 2);
    }
    return root.op("u");
  }

  @ParameterizedTest
  @CsvSource({"runner = dict(type='IterBasedRunner'), RAW", "runner = EpochBasedRunner, EMA"})
  void buffersAreTheOtherSetOfTheirParameters(String config, Kind kind) throws IOException {
    for (@Nullable Kind wanted : new @Nullable Kind[] {null, Kind.RAW, Kind.EMA}) {
      try (PyTorchFile file = opened(buffered(config), wanted)) {
        boolean isUsual = wanted == null || wanted == kind;
        assertThat(file.tensors()).containsOnlyKeys("a.weight", "a.bias", "n.running_mean");
        assertThat(value(file)).isEqualTo(isUsual ? 1 : 2);
        // The statistics have no average.
        assertThat(file.floats(file.tensor("n.running_mean"))[0]).isEqualTo(1);
        assertThat(file.weights().orElseThrow().kind()).isEqualTo(wanted == null ? kind : wanted);
      }
    }
  }

  @Test
  void aBufferOfTwoParametersIsAmbiguous() throws IOException {
    opened(buffered("", "a_weight"), null).close();
    assertThatThrownBy(() -> opened(buffered("", "a_weight"), Kind.EMA))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("'ema_a_weight' belongs to 'a.weight' and to 'a_weight'");
  }

  @Test
  void aBufferWithoutAParameterKeepsItsName() throws IOException {
    try (PyTorchFile file = opened(buffered("", "ema_gone_weight"), Kind.EMA)) {
      assertThat(file.tensors()).containsKey("ema_gone_weight");
    }
    RawPickle root = RawPickle.begun().op("}(").text("state_dict").op("}(");
    tensor(tensor(root, "a.weight", 0), "ema_b_weight", 1);
    try (PyTorchFile file = opened(root.op("u"), null)) {
      assertThat(file.weights()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"state_dict, optimizer_ema, b.weight", "state_dict, schema, a.weight"})
  void whatIsNoSecondSetIsNone(String usual, String other, String name) throws IOException {
    RawPickle root = RawPickle.begun().op("}(");
    state(root, usual, "", 0, "");
    tensor(root.text(other).op("}("), name, 1).op("u");
    try (PyTorchFile file = opened(root, null)) {
      assertThat(file.weights()).isEmpty();
    }
  }

  @Test
  void aSetThatIsNotThereIsNamed() {
    RawPickle root = RawPickle.begun().op("}(");
    state(root, "state_dict", "", 0, "");
    assertThatThrownBy(() -> opened(root, Kind.EMA))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("has no moving average of its weights, which --weights ema asks for");
  }

  @Test
  void anAverageAloneIsSaidToBeOne() throws IOException {
    RawPickle root = RawPickle.begun().op("}(");
    state(root, "params_ema", "", 0, "");
    try (PyTorchFile file = opened(root, null)) {
      assertThat(file.weights().orElseThrow().kind()).isEqualTo(Kind.EMA);
    }
  }
}
