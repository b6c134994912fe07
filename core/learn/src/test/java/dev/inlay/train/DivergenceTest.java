package dev.inlay.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Backbone;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Named;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.Augmentation;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.standard.CrossEntropy;
import dev.inlay.standard.Sgd;
import dev.inlay.torch.Network;
import dev.inlay.weights.Normalization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A training whose numbers are no longer finite says which operation made the first such number.
 */
class DivergenceTest {

  private static final Techniques TECHNIQUES =
      Techniques.of(
          Stream.<Technique<?>>of(
                  new LogOfZero(),
                  new Plain(),
                  new TrialTraining.Classes(),
                  new CrossEntropy(),
                  new Sgd())
              .map(each -> new Techniques.Entry(each, "the test"))
              .toList());

  /** A map of infinities, made by the logarithm of zeros. */
  @Named(value = "log-of-zero", says = "A technique with a mistake.")
  static final class LogOfZero implements Backbone<TrialTraining.Options> {

    @Override
    public Features build(TrialTraining.Options options, Features input, Scope scope) {
      Tensor map = scope.conv("stem", input.image(), 4, Window.of(3).stride(2));
      return input.withMaps(List.of(map.minus(map).log().plus(map)), List.of(2));
    }
  }

  /** A convolution. */
  @Named(value = "plain", says = "A convolution.")
  static final class Plain implements Backbone<TrialTraining.Options> {

    @Override
    public Features build(TrialTraining.Options options, Features input, Scope scope) {
      Tensor map = scope.conv("stem", input.image(), 4, Window.of(3).stride(2));
      return input.withMaps(List.of(map), List.of(2));
    }
  }

  @Test
  void atTheFirstIterationTheOperationAndTheImagesAreNamedAndNotTheLearningRate() {
    assertThatThrownBy(() -> train("log-of-zero", 0.1))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("The loss is NaN at iteration 1 ")
        .hasMessageContaining("what was saved before stays")
        .hasMessageContaining("is made by LOG of log-of-zero at DivergenceTest.java:")
        .hasMessageContaining("256 infinite of 256; it read SUB at DivergenceTest.java:")
        .hasMessageContaining("(finite, 0 to 0)")
        .hasMessageContaining("The batch has the images noise ")
        .hasMessageNotContaining("lower the learning rate");
  }

  @Test
  void whereNumbersGrewTheLearningRateIsNamed() {
    assertThatThrownBy(() -> train("plain", 1e30))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("The first number that is not finite is made by ")
        .hasMessageEndingWith(
            "If the numbers grew during training, lower the learning rate or warm up longer.");
  }

  private static void train(String backbone, double rate) {
    Assembly assembly =
        Assembly.of(
            NetworkSpec.parse(backbone + " | classes", TECHNIQUES), TrialTraining.CLASSES.size());
    TrainingPlan plan =
        new TrainingPlan(
            5,
            ObjectiveSpec.parse(Losses.DEFAULT, TECHNIQUES),
            new Schedule.Poly(rate, 0.9, 5),
            OptimizerChoice.parse("sgd", TECHNIQUES),
            Groups.NONE,
            Stepping.PLAIN,
            1,
            Augmentation.crop(16, 16),
            5,
            1,
            1,
            ProgramOptions.TRAINING,
            Normalization.IMAGENET);
    try (Network network = Network.fresh(assembly, "cpu", 1);
        Trainer trainer = new Trainer(network, TrialTraining.CLASSES, plan, List.of())) {
      trainer.run(new TrialTraining.Noise(), new TrialTraining.Noise());
    }
  }
}
