package dev.inlay.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.inlay.InlayException;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.SafetensorsWriter;
import dev.inlay.weights.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The state of a training is saved and restored. */
final class StateTest {

  @TempDir private static Path temp;
  private static Path half;

  @BeforeAll
  static void trainHalf() {
    half = temp.resolve("half.safetensors");
    try (TrialTraining training =
        new TrialTraining("sgd", 1, TrialTraining.stopAfter(TrialTraining.HALF))) {
      State state = training.train();
      assertThat(state.iteration()).isEqualTo(TrialTraining.HALF);
      state.save(half);
    }
  }

  @Test
  void aTrainingThatGoesOnInAnotherProcessIsBitForBitOneThatNeverStopped() throws Exception {
    // Other processors have no access to the state of the engine's random generator, which dropout
    // uses.
    assumeTrue(List.of("amd64", "x86_64").contains(System.getProperty("os.arch")));
    Path whole = temp.resolve("whole.safetensors");
    try (TrialTraining training = new TrialTraining("sgd", 1)) {
      training.train().save(whole);
    }
    Path rest = temp.resolve("rest.safetensors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                GoingOn.class.getName(),
                half.toString(),
                rest.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();

    try (Safetensors expected = Safetensors.open(whole);
        Safetensors actual = Safetensors.open(rest);
        Safetensors before = Safetensors.open(half)) {
      assertThat(actual.tensors()).isEqualTo(expected.tensors());
      assertThat(actual.metadata().get("iteration")).isEqualTo("20");
      for (TensorInfo tensor : expected.tensors().values()) {
        assertThat(bytes(actual, tensor)).as(tensor.name()).isEqualTo(bytes(expected, tensor));
        assertThat(bytes(before, tensor)).as(tensor.name()).isNotEqualTo(bytes(expected, tensor));
      }
      assertThat(expected.tensors().keySet())
          .contains(
              "dropping.stem.conv.weight",
              "dropping.stem.bn.running_var",
              "dropping.stem.bn.num_batches_tracked",
              "optimizer/dropping.stem.conv.weight/velocity",
              "random/engine");
    }
  }

  private static ByteBuffer bytes(Safetensors file, TensorInfo tensor) {
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.bytes());
    file.read(tensor, bytes);
    return bytes.flip();
  }

  @Test
  void theBestScoreIsPartOfTheState() {
    try (TrialTraining training = new TrialTraining("sgd", 1)) {
      assertThat(training.trainer.state().best()).isEmpty();
      training.trainer.restore(half);
      State.Best best = training.trainer.state().best().orElseThrow();
      assertThat(best.iteration()).isIn(8L, 10L);
      assertThat(best.meanIou()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void aTrainingThatIsDoneHasNothingLeftToDo() {
    Path whole = temp.resolve("done.safetensors");
    List<Integer> told = new ArrayList<>();
    Hook counting =
        new Hook() {
          @Override
          public Answer iterated(Progress progress) {
            told.add(progress.iteration());
            return Answer.CONTINUE;
          }
        };
    try (TrialTraining training = new TrialTraining("sgd", 1, counting)) {
      training.train().save(whole);
      assertThat(told).hasSize(TrialTraining.ITERATIONS).endsWith(TrialTraining.ITERATIONS);
    }
    told.clear();
    try (TrialTraining training = new TrialTraining("sgd", 1, counting)) {
      training.trainer.restore(whole);
      training.train();
      assertThat(told).isEmpty();
    }
  }

  @Test
  void anotherTrainingIsRefused() {
    refuses(
        new TrialTraining("sgd(momentum=0.5)", 1),
        half,
        half
            + " was saved with the optimizer 'sgd', but this training has 'sgd(momentum=0.5)'."
            + " Set the training's value to the file's.");
    refuses(
        new TrialTraining("sgd", 2),
        half,
        half
            + " was saved with the seed '1', but this training has '2'."
            + " Set the training's value to the file's.");
  }

  @Test
  void whatIsNoStateIsRefused() throws IOException {
    Path model = changed("model", facts -> facts.put("format", "inlay"), tensors -> {});
    refuses(
        new TrialTraining("sgd", 1),
        model,
        model
            + " is not the saved state of a training. Name a file that a training saved to be resumed"
            + " from.");
    Path missing = temp.resolve("missing.safetensors");
    assertThat(Files.exists(missing)).isFalse();
    assertThatThrownBy(
            () -> {
              try (TrialTraining training = new TrialTraining("sgd", 1)) {
                training.trainer.restore(missing);
              }
            })
        .isInstanceOf(InlayException.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void aFileWithOtherTensorsIsRefusedAndChangesNothing() {
    String velocity = "optimizer/classes.conv_seg.weight/velocity";
    Path less = changed("less", facts -> {}, tensors -> tensors.remove(velocity));
    refuses(
        new TrialTraining("sgd", 1),
        less,
        less
            + " has no tensor '"
            + velocity
            + "', but this training needs "
            + velocity
            + " F32 (2, 8, 1, 1). Restore it with the network and the optimizer that it was saved"
            + " with.");
    Path more =
        changed(
            "more",
            facts -> {},
            tensors -> tensors.put("more", tensors.get("dropping.stem.bn.bias")));
    refuses(
        new TrialTraining("sgd", 1),
        more,
        more
            + " has the tensor 'more', which this training does not have. Restore it with the network"
            + " and the optimizer that it was saved with.");
  }

  @Test
  void aDamagedIterationIsRefused() {
    Path damaged = changed("damaged", facts -> facts.put("iteration", "many"), tensors -> {});
    refuses(
        new TrialTraining("sgd", 1),
        damaged,
        damaged
            + " is damaged: its 'iteration' is 'many', but must be a number of 0 or more. Use another"
            + " state.");
  }

  @Test
  void aDamagedSourceOfChanceIsSeededAnew() {
    Path damaged = temp.resolve("chance.safetensors");
    try (Safetensors file = Safetensors.open(half)) {
      SafetensorsWriter.write(
          damaged,
          file.metadata(),
          List.copyOf(file.tensors().values()),
          (tensor, channel) ->
              channel.write(
                  tensor.name().startsWith("random/")
                      ? ByteBuffer.allocate((int) tensor.bytes())
                      : bytes(file, tensor)));
    }
    try (TrialTraining training = new TrialTraining("sgd", 1)) {
      training.trainer.restore(damaged);
      assertThat(training.train().iteration()).isEqualTo(TrialTraining.ITERATIONS);
    }
  }

  /** The half-way state with other metadata and renamed tensors. */
  private static Path changed(
      String name, Consumer<Map<String, String>> facts, Consumer<Map<String, TensorInfo>> tensors) {
    Path path = temp.resolve(name + ".safetensors");
    try (Safetensors file = Safetensors.open(half)) {
      Map<String, String> metadata = new LinkedHashMap<>(file.metadata());
      facts.accept(metadata);
      Map<String, TensorInfo> sources = new LinkedHashMap<>(file.tensors());
      tensors.accept(sources);
      List<TensorInfo> written = new ArrayList<>();
      sources.forEach((key, t) -> written.add(new TensorInfo(key, t.type(), t.shape())));
      SafetensorsWriter.write(
          path,
          metadata,
          written,
          (tensor, channel) -> channel.write(bytes(file, sources.get(tensor.name()))));
    }
    return path;
  }

  /** The state after half of the training with another number in a tensor. */
  private static Path spoilt(String tensor, int index, float number) {
    Path spoilt = temp.resolve("spoilt.safetensors");
    try (Safetensors file = Safetensors.open(half)) {
      assertThat(file.tensors()).containsKey(tensor);
      SafetensorsWriter.write(
          spoilt,
          file.metadata(),
          List.copyOf(file.tensors().values()),
          (each, channel) -> {
            ByteBuffer bytes = bytes(file, each).order(ByteOrder.LITTLE_ENDIAN);
            channel.write(
                each.name().equals(tensor) ? bytes.putFloat(Float.BYTES * index, number) : bytes);
          });
    }
    return spoilt;
  }

  @ParameterizedTest
  @CsvSource({
    "dropping.stem.bn.running_var, Infinity, 1 infinite",
    "classes.conv_seg.weight, NaN, 1 NaN",
    "optimizer/classes.conv_seg.bias/velocity, -Infinity, 1 infinite"
  })
  void aStateThatIsNotFiniteIsNotSaved(String tensor, float number, String count) {
    Path bad = spoilt(tensor, 0, number);
    Path old = temp.resolve("old.safetensors");
    try (TrialTraining training = new TrialTraining("sgd", 1)) {
      training.trainer.restore(half);
      training.trainer.state().save(old);
      training.trainer.restore(bad);
      assertThatThrownBy(() -> training.trainer.state().save(old))
          .isInstanceOf(InlayException.class)
          .hasMessage(
              "The training after iteration 10 has numbers that are NaN or infinite, so its results would be wrong: %s has %s, the first at index 0. Training diverged; what was saved before stays. Lower the learning rate or warm up longer."
                  .formatted(tensor, count));
    }
    assertThat(old).hasSameBinaryContentAs(half);
  }

  /** Batch normalisation in training uses a batch's own statistics, so that the loss is finite. */
  @Test
  void aTrainingWhoseWeightsAreNotFiniteEndsBeforeItIsScored() {
    List<Integer> scored = new ArrayList<>();
    Hook notes =
        new Hook() {
          @Override
          public void scoring(int done, int all) {
            scored.add(done);
          }
        };
    Path bad = spoilt("dropping.stem.bn.running_mean", 1, Float.NaN);
    try (TrialTraining training = new TrialTraining("sgd", 1, notes)) {
      training.trainer.restore(bad);
      assertThatThrownBy(training::train)
          .isInstanceOf(InlayException.class)
          .hasMessageStartingWith("The training after iteration 16 has numbers")
          .hasMessageContaining("running_mean has 1 NaN, the first at index 1.");
    }
    assertThat(scored).isEmpty();
  }

  private static void refuses(TrialTraining fresh, Path file, String message) {
    try (TrialTraining training = fresh) {
      assertThatThrownBy(() -> training.trainer.restore(file))
          .isInstanceOf(InlayException.class)
          .hasMessage(message);
      assertThat(training.trainer.state().iteration()).isZero();
    }
  }
}
