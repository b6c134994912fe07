package dev.inlay.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.LossGradients;
import dev.inlay.evaluate.Scores;
import dev.inlay.graph.Graph;
import dev.inlay.torch.GradientProgram;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The training loop and its hooks. */
final class TrainerTest {

  /** Records its calls, and stops at the scoring after an iteration. */
  private static final class Notes implements Hook {

    private final List<String> told = new ArrayList<>();
    private final int last;

    Notes(int last) {
      this.last = last;
    }

    @Override
    public Answer iterated(Progress progress) {
      assertThat(progress.losses()).containsOnlyKeys("decoder");
      assertThat(progress.iterations()).isEqualTo(TrialTraining.ITERATIONS);
      told.add("step " + progress.iteration());
      return Answer.CONTINUE;
    }

    @Override
    public Answer scored(Progress progress, Scores scores, boolean best) {
      told.add("score " + progress.iteration());
      return progress.iteration() >= last ? Answer.STOP : Answer.CONTINUE;
    }
  }

  @Test
  void scoringsComeNowAndThenAndAtTheEnd() {
    Notes notes = new Notes(Integer.MAX_VALUE);
    try (TrialTraining training = new TrialTraining("sgd", 3, notes)) {
      training.train();
    }
    assertThat(notes.told)
        .hasSize(TrialTraining.ITERATIONS + 3)
        .containsSubsequence("step 8", "score 8", "step 9")
        .containsSubsequence("step 16", "score 16", "step 17")
        .endsWith("step 20", "score 20");
  }

  @Test
  void aHookMayStopAfterAScoring() {
    Notes notes = new Notes(1);
    try (TrialTraining training = new TrialTraining("sgd", 3, notes)) {
      assertThat(training.train().iteration()).isEqualTo(8);
    }
    assertThat(notes.told).endsWith("step 8", "score 8");
  }

  @Test
  void aHookMayStopAfterAStepWhichIsThenScored() {
    Notes notes = new Notes(Integer.MAX_VALUE);
    try (TrialTraining training = new TrialTraining("sgd", 3, TrialTraining.stopAfter(3), notes)) {
      assertThat(training.train().iteration()).isEqualTo(3);
    }
    assertThat(notes.told).containsExactly("step 1", "step 2", "step 3", "score 3");
  }

  @Test
  void lossesReadImagesAndLabelsAlone() {
    try (TrialTraining training = new TrialTraining("sgd", 3)) {
      Graph graph = training.network.assembly().graph();
      Tensor depth = graph.input("depth", Tensor.Type.FLOAT, Dim.of(3));
      LossGradients program =
          new LossGradients(graph, depth.mean(0).reshape(), List.of(), ProgramOptions.TRAINING);
      assertThatThrownBy(() -> new GradientProgram(training.network, program))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("The losses read the input 'depth', which is neither image nor labels.");
    }
  }
}
