package dev.inlay.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Backbone;
import dev.inlay.Decoder;
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
import dev.inlay.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a step does besides the optimizer's update. */
final class SteppingTest {

  private static final String NORMED = "normed | plain-head";
  private static final String PLAIN = "bare | plain-head";
  private static final double RATE = 0.1;

  private static final Techniques TECHNIQUES =
      Techniques.of(
          Stream.<Technique<?>>of(
                  new Bare(),
                  new Normed(),
                  new Rooted(),
                  new PlainHead(),
                  new CrossEntropy(),
                  new Sgd())
              .map(each -> new Techniques.Entry(each, "the test"))
              .toList());

  /** A convolution. */
  @Named(value = "bare", says = "A convolution.")
  static final class Bare implements Backbone<TrialTraining.Options> {
    @Override
    public Features build(TrialTraining.Options options, Features input, Scope scope) {
      Tensor map = scope.convBias("stem", input.image(), 4, Window.of(3).stride(2));
      return input.withMaps(List.of(map.relu()), List.of(2));
    }
  }

  /** A normalised convolution. */
  @Named(value = "normed", says = "A normalised convolution.")
  static final class Normed implements Backbone<TrialTraining.Options> {
    @Override
    public Features build(TrialTraining.Options options, Features input, Scope scope) {
      Tensor map = scope.convNormRelu("stem", input.image(), 4, Window.of(3).stride(2));
      return input.withMaps(List.of(map), List.of(2));
    }
  }

  /** Square roots of zeros, which are finite, but whose gradients are not. */
  @Named(value = "rooted", says = "A technique with a mistake.")
  static final class Rooted implements Backbone<TrialTraining.Options> {
    @Override
    public Features build(TrialTraining.Options options, Features input, Scope scope) {
      Tensor map = scope.convBias("stem", input.image(), 4, Window.of(3).stride(2));
      return input.withMaps(List.of(map.minus(map).sqrt().plus(map)), List.of(2));
    }
  }

  /** A classifier without dropout. */
  @Named(value = "plain-head", says = "A classifier.")
  static final class PlainHead implements Decoder<TrialTraining.Options> {
    @Override
    public Tensor build(TrialTraining.Options options, Features input, Scope scope) {
      return scope.convBias("conv_seg", input.last(), input.classes(), 1);
    }
  }

  @TempDir Path temp;

  private static Assembly assembly(String spec) {
    return Assembly.of(NetworkSpec.parse(spec, TECHNIQUES), TrialTraining.CLASSES.size());
  }

  private static TrainingPlan plan(Assembly assembly, int batch, int iterations, Stepping steps) {
    return plan(assembly, batch, iterations, steps, ProgramOptions.TRAINING, RATE);
  }

  private static TrainingPlan plan(
      Assembly assembly,
      int batch,
      int iterations,
      Stepping steps,
      ProgramOptions options,
      double rate) {
    return new TrainingPlan(
        iterations,
        ObjectiveSpec.parse(Losses.DEFAULT, TECHNIQUES),
        new Schedule.Constant(rate),
        OptimizerChoice.parse("sgd(momentum=0, decay=0)", TECHNIQUES),
        Groups.NONE,
        steps,
        batch,
        Augmentation.crop(16, 16).withScale(1, 1),
        100,
        1,
        1,
        options,
        Normalization.IMAGENET);
  }

  /** Trains, and saves the state after every iteration and at the end. */
  private List<Map<String, float[]>> train(String spec, TrainingPlan plan) {
    List<Path> files = new ArrayList<>();
    try (Network network = Network.fresh(assembly(spec), "cpu", 1)) {
      List<Trainer> running = new ArrayList<>();
      Hook saving =
          new Hook() {
            @Override
            public Answer iterated(Progress progress) {
              files.add(temp.resolve(spec.length() + "-" + files.size() + ".safetensors"));
              running.get(0).state().save(files.get(files.size() - 1));
              return Answer.CONTINUE;
            }
          };
      try (Trainer trainer = new Trainer(network, TrialTraining.CLASSES, plan, List.of(saving))) {
        running.add(trainer);
        trainer.run(new TrialTraining.Noise(), new TrialTraining.Noise());
      }
    }
    return files.stream().map(SteppingTest::read).toList();
  }

  private static Map<String, float[]> read(Path file) {
    Map<String, float[]> values = new TreeMap<>();
    try (Safetensors opened = Safetensors.open(file)) {
      opened
          .tensors()
          .forEach(
              (name, tensor) -> {
                if (tensor.type().floating()) {
                  values.put(name, opened.floats(tensor));
                }
              });
    }
    return values;
  }

  private static Map<String, float[]> initial(String spec, Path file) {
    Assembly assembly = assembly(spec);
    try (Network network = Network.fresh(assembly, "cpu", 1);
        Trainer trainer =
            new Trainer(
                network, TrialTraining.CLASSES, plan(assembly, 2, 1, Stepping.PLAIN), List.of())) {
      trainer.state().save(file);
    }
    return read(file);
  }

  private static Stepping stepping(int accumulate, double clip, double average, Freezing frozen) {
    return new Stepping(accumulate, clip, average, frozen);
  }

  @Test
  void accumulatedBatchesAreOneLargerBatch() {
    Assembly assembly = assembly(PLAIN);
    Stepping three = stepping(3, Double.POSITIVE_INFINITY, 0, Freezing.NONE);

    var whole = train(PLAIN, plan(assembly, 6, 4, Stepping.PLAIN));
    var parts = train(PLAIN, plan(assembly, 2, 4, three));

    // No crop is padded, so that no pixel is ignored and the mean of the parts' means is that of
    // all.
    assertThat(parts).hasSize(4);
    whole
        .get(3)
        .forEach(
            (name, values) ->
                assertThat(parts.get(3).get(name)).as(name).containsExactly(values, within(1e-6f)));
  }

  @Test
  void largeGradientsAreScaledToTheGivenNorm() {
    double limit = 0.01;
    Map<String, float[]> before = initial(PLAIN, temp.resolve("initial"));
    var after =
        train(PLAIN, plan(assembly(PLAIN), 2, 1, stepping(1, limit, 0, Freezing.NONE))).get(0);

    double square = 0;
    before.keySet().removeIf(name -> name.startsWith("optimizer/"));
    for (Map.Entry<String, float[]> each : before.entrySet()) {
      float[] now = after.get(each.getKey());
      for (int i = 0; i < now.length; i++) {
        square += Math.pow(now[i] - each.getValue()[i], 2);
      }
    }
    assertThat(Math.sqrt(square)).isCloseTo(RATE * limit, within(1e-6));
  }

  @Test
  void smallGradientsStayAsTheyAre() {
    assertThat(stepping(1, 2, 0, Freezing.NONE).clipping(1.5)).isEqualTo(1);
    assertThat(stepping(1, 2, 0, Freezing.NONE).clipping(4)).isCloseTo(0.5, within(1e-6));
    assertThat(Stepping.PLAIN.clipping(1e30)).isEqualTo(1);
  }

  @Test
  void theAverageFollowsTheWeightsByItsDecayWithAWarmUp() {
    Stepping averaging = stepping(1, Double.POSITIVE_INFINITY, 0.5, Freezing.NONE);
    var states = train(NORMED, plan(assembly(NORMED), 2, 5, averaging));

    String weight = "normed.stem.conv.weight";
    float[] average = states.get(0).get(weight); // The first decay is 0.
    for (int i = 1; i < states.size(); i++) {
      double decay = Math.min(0.5, 1 - Math.pow(i + 1, -2.0 / 3));
      for (int k = 0; k < average.length; k++) {
        average[k] = (float) (decay * average[k] + (1 - decay) * states.get(i).get(weight)[k]);
      }
      assertThat(states.get(i).get("average/" + weight)).containsExactly(average, within(1e-6f));
    }
    assertThat(states.get(4).get("average/normed.stem.bn.running_mean"))
        .as("buffers are copied")
        .isEqualTo(states.get(4).get("normed.stem.bn.running_mean"));
  }

  @Test
  void whatIsFrozenStaysWithItsStatistics() {
    Assembly assembly = assembly(NORMED);
    ParameterNames names = new ParameterNames(assembly);
    Freezing frozen = Freezing.of(names, Optional.of(names.backbone()), Optional.empty());
    Map<String, float[]> before = initial(NORMED, temp.resolve("initial"));

    var after =
        train(NORMED, plan(assembly, 2, 3, stepping(1, Double.POSITIVE_INFINITY, 0, frozen)))
            .get(2);

    before.forEach(
        (name, values) -> {
          if (name.startsWith("normed.")) {
            assertThat(after.get(name)).as(name).isEqualTo(values);
          } else {
            assertThat(after.get(name)).as(name).isNotEqualTo(values);
          }
        });
  }

  @Test
  void frozenNormalisationLeavesTheConvolutionsToLearn() {
    Assembly assembly = assembly(NORMED);
    ParameterNames names = new ParameterNames(assembly);
    Freezing frozen = Freezing.of(names, Optional.empty(), Optional.of(Pattern.compile("stem")));
    Map<String, float[]> before = initial(NORMED, temp.resolve("initial"));

    var after =
        train(NORMED, plan(assembly, 2, 2, stepping(1, Double.POSITIVE_INFINITY, 0, frozen)))
            .get(1);

    assertThat(frozen.parameters())
        .containsExactlyInAnyOrder("normed.stem.bn.weight", "normed.stem.bn.bias");
    assertThat(after.get("normed.stem.bn.running_mean"))
        .isEqualTo(before.get("normed.stem.bn.running_mean"));
    assertThat(after.get("normed.stem.conv.weight"))
        .isNotEqualTo(before.get("normed.stem.conv.weight"));
  }

  @Test
  void everythingCannotBeFrozen() {
    ParameterNames names = new ParameterNames(assembly(NORMED));

    assertThatThrownBy(
            () -> Freezing.of(names, Optional.of(Pattern.compile(".")), Optional.empty()))
        .isInstanceOf(InlayException.class)
        .hasMessage("All 5 parameters are frozen, so that nothing is left to train. Freeze fewer.");
  }

  @Test
  void gradientsThatAreNotFiniteChangeNoWeightAndAreNamed() {
    assertThatThrownBy(
            () ->
                train(
                    "rooted | plain-head",
                    plan(assembly("rooted | plain-head"), 2, 3, Stepping.PLAIN)))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("The norm of the gradients is NaN at iteration 1 ")
        .hasMessageContaining("The first gradient that is not finite is made by SQRT of rooted at")
        .hasMessageContaining("SteppingTest.java:");
  }

  /** Parameters, gradients and updates are in float32; convolutions alone are in bfloat16. */
  @Test
  void anUpdateTooSmallForBfloat16IsNotLost() {
    Map<String, float[]> before = initial(PLAIN, temp.resolve("initial"));
    ProgramOptions bf16 = ProgramOptions.TRAINING.inBfloat16();

    var states = train(PLAIN, plan(assembly(PLAIN), 2, 2, Stepping.PLAIN, bf16, 1e-3));

    float[] then = before.get("bare.stem.weight");
    float[] now = states.get(1).get("bare.stem.weight");
    int changed = 0;
    for (int i = 0; i < then.length; i++) {
      boolean less = Math.abs(now[i] - then[i]) < Math.abs(then[i]) / 512;
      changed += less && now[i] != then[i] ? 1 : 0;
    }
    assertThat(changed).as("weights changed by less than half a step of bfloat16").isPositive();
  }

  @Test
  void aResumedTrainingWithAnAverageIsTheSame() throws IOException {
    Assembly assembly = assembly(NORMED);
    Stepping all = stepping(2, 0.5, 0.9, Freezing.NONE);
    Path middle = temp.resolve("middle");
    Path end = temp.resolve("end");
    Path resumedEnd = temp.resolve("resumed");

    run(plan(assembly, 2, 8, all), Optional.empty(), 4, middle, end);
    run(plan(assembly, 2, 8, all), Optional.of(middle), 99, middle, resumedEnd);

    assertThat(floats(resumedEnd)).isEqualTo(floats(end));
    assertThat(Files.size(resumedEnd)).isPositive();
  }

  private static Map<String, List<Float>> floats(Path file) {
    Map<String, List<Float>> all = new TreeMap<>();
    read(file)
        .forEach(
            (name, values) -> {
              List<Float> list = new ArrayList<>();
              for (float value : values) {
                list.add(value);
              }
              all.put(name, list);
            });
    return all;
  }

  private static void run(
      TrainingPlan plan, Optional<Path> from, int saveAfter, Path middle, Path end) {
    List<Trainer> running = new ArrayList<>();
    Hook saving =
        new Hook() {
          @Override
          public Answer iterated(Progress progress) {
            if (progress.iteration() == saveAfter) {
              running.get(0).state().save(middle);
            }
            return Answer.CONTINUE;
          }
        };
    try (Network network = Network.fresh(assembly(NORMED), "cpu", 1);
        Trainer trainer = new Trainer(network, TrialTraining.CLASSES, plan, List.of(saving))) {
      running.add(trainer);
      from.ifPresent(trainer::restore);
      trainer.run(new TrialTraining.Noise(), new TrialTraining.Noise());
      trainer.state().save(end);
    }
  }
}
