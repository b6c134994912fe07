package dev.inlay.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.Backbone;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Operator;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.torch.BatchSize;
import dev.inlay.torch.GradientProgram;
import dev.inlay.torch.Network;
import dev.inlay.torch.ValueStatistics;
import dev.inlay.weights.Normalization;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What is traced, on networks whose numbers can be computed by hand. */
final class TracerTest {

  /** There are none. */
  public record Options() {}

  /** A backbone that the test describes. */
  @Named(value = "body", says = "A backbone of the test.")
  private record Body(BiFunction<Tensor, Scope, Tensor> map) implements Backbone<Options> {
    @Override
    public Features build(Options options, Features input, Scope scope) {
      return input.withMaps(List.of(map.apply(input.image(), scope)), List.of(1));
    }
  }

  /** The simplest decoder. */
  @Named(value = "scores", says = "A classifier.")
  private static final class Scores implements Decoder<Options> {
    @Override
    public Tensor build(Options options, Features input, Scope scope) {
      return scope.classify("conv", input.last(), input.classes(), 0);
    }
  }

  private static final int SIDE = 4;
  private static final BatchSize SIZE = new BatchSize(1, SIDE, SIDE);

  /** Each value of a pixel is the byte, from 0 to 1. */
  private static final Normalization PLAIN =
      new Normalization(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  private static Assembly assembled(BiFunction<Tensor, Scope, Tensor> map) {
    List<Technique<?>> all = List.of(new Body(map), new Scores());
    Techniques techniques =
        Techniques.of(all.stream().map(each -> new Techniques.Entry(each, "the test")).toList());
    return Assembly.of(NetworkSpec.parse("body | scores", techniques), 2);
  }

  /** The upper half is black, the lower white. */
  private static ByteBuffer image() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(3 * SIDE * SIDE);
    while (bytes.hasRemaining()) {
      bytes.put((byte) (bytes.position() < bytes.capacity() / 2 ? 0 : 255));
    }
    return bytes.rewind();
  }

  private static Trace prediction(BiFunction<Tensor, Scope, Tensor> map) {
    try (Network network = Network.fresh(assembled(map), "cpu", 1)) {
      return Tracer.prediction(network, ProgramOptions.INFERENCE, image(), SIZE, PLAIN, true);
    }
  }

  private static Trace training(BiFunction<Tensor, Scope, Tensor> map) {
    Assembly assembly = assembled(map);
    Graph graph = assembly.graph().extended();
    Tensor at = assembly.image();
    Tensor labels =
        graph.input(
            GradientProgram.LABELS, Tensor.Type.INTEGER, at.batch(), at.height(), at.width());
    Tensor loss = assembly.fullLogits().crossEntropy(labels, 255);
    try (Network network = Network.fresh(assembly, "cpu", 1)) {
      return Tracer.training(
          network,
          graph,
          loss,
          ProgramOptions.TRAINING,
          image(),
          ByteBuffer.allocateDirect(SIDE * SIDE),
          SIZE,
          PLAIN,
          false);
    }
  }

  private static TracedStage stage(Trace trace, String name) {
    return trace.stages().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void statisticsAreThoseOfTheValues() {
    Trace trace = prediction((x, scope) -> x.times(4).minus(1)); // -1 above, 3 below

    assertThat(trace.stages())
        .extracting(TracedStage::name)
        .containsExactly("image", "body", "scores");
    TracedOperation scaled = stage(trace, "body").operations().get(0);
    assertThat(scaled.operator()).isEqualTo(Operator.MUL);
    assertThat(scaled.line()).matches("TracerTest\\.java:\\d+");
    assertThat(scaled.shape()).containsExactly(1L, 3L, 4L, 4L);
    assertThat(scaled.bytes()).isEqualTo(3 * 16 * 4);
    assertThat(scaled.values()).isEqualTo(new ValueStatistics(48, 2, 2, 0, 4, 24, 0, 0));
    assertThat(stage(trace, "body").output().values())
        .isEqualTo(new ValueStatistics(48, 1, 2, -1, 3, 0, 0, 0));
    assertThat(stage(trace, "body").output().values().zeroShare()).isZero();
    assertThat(scaled.values().zeroShare()).isEqualTo(0.5);
    assertThat(trace.forward()).isEmpty();
  }

  @Test
  void mapsAreTheChannelsOfTheOutput() {
    TracedStage.Maps maps = stage(prediction((x, scope) -> x.times(4)), "body").maps();

    assertThat(maps.channels()).isEqualTo(3);
    assertThat(maps.step()).isEqualTo(1);
    assertThat(maps.values().shape()).containsExactly(1, 3, 4, 4);
    assertThat(maps.values().values()).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4, 4, 4);
  }

  @Test
  void ofManyChannelsSomeAreKept() {
    TracedStage.Maps maps =
        stage(prediction((x, scope) -> scope.conv("wide", x, 130, 1)), "body").maps();

    assertThat(maps.channels()).isEqualTo(130);
    assertThat(maps.step()).isEqualTo(3);
    assertThat(maps.values().shape()).containsExactly(1, 44, 4, 4);
  }

  @Test
  void firstNanIsFoundWithWhatItReads() {
    Trace trace = prediction((x, scope) -> x.minus(0.5).log().relu());

    Finding finding = trace.forward().orElseThrow();
    assertThat(finding.operation().operator()).isEqualTo(Operator.LOG);
    assertThat(finding.operation().stage()).isEqualTo("body");
    assertThat(finding.operation().line()).matches("TracerTest\\.java:\\d+");
    assertThat(finding.operation().values().nans()).isEqualTo(24);
    assertThat(finding.operation().values().mean()).isCloseTo(Math.log(0.5), within(1e-6));
    assertThat(finding.parts())
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.name()).matches("SUB at TracerTest\\.java:\\d+");
              assertThat(part.values().isFinite()).isTrue();
              assertThat(part.values().least()).isEqualTo(-0.5);
            });
  }

  @Test
  void aNanAmongWhollyNonFiniteValuesHasNoMean() {
    Trace trace = prediction((x, scope) -> x.times(0).minus(1).sqrt());

    ValueStatistics values = trace.forward().orElseThrow().operation().values();
    assertThat(values.nans()).isEqualTo(48);
    assertThat(values.mean()).isNaN();
  }

  @Test
  void infinityThatAnAuthorStatesIsNoFindingButWhatItLeadsToIs() {
    Trace masked =
        prediction(
            (x, scope) -> x.maskedFill(x.greaterThan(0.5), Double.NEGATIVE_INFINITY).softmax(1));
    assertThat(masked.forward()).isPresent(); // softmax of nothing but -inf is NaN
    assertThat(masked.forward().orElseThrow().operation().operator()).isEqualTo(Operator.SOFTMAX);

    Trace harmless =
        prediction((x, scope) -> x.maskedFill(x.greaterThan(0.5), Double.NEGATIVE_INFINITY).exp());
    assertThat(harmless.forward()).isEmpty();
  }

  @Test
  void aParameterThatIsNotFiniteIsNamed() {
    Trace trace =
        prediction(
            (x, scope) -> x.times(scope.at("gate").parameter("bad", Init.constant(Float.NaN), 1)));

    assertThat(trace.forward().orElseThrow().operation().scope()).isEqualTo("body.gate");
    assertThat(trace.forward().orElseThrow().parts())
        .anySatisfy(
            part -> {
              assertThat(part.name()).isEqualTo("the parameter 'body.gate.bad'");
              assertThat(part.values().nans()).isEqualTo(1);
            });
  }

  @Test
  void firstGradientThatIsNotFiniteIsFoundFromTheLossBackwards() {
    Trace trace =
        training(
            (x, scope) -> x.times(scope.parameter("scale", Init.ONE, 1)).plus(0).sqrt().times(2));

    assertThat(trace.forward()).isEmpty();
    Finding finding = trace.backward().orElseThrow();
    assertThat(finding.operation().operator()).isEqualTo(Operator.SQRT);
    assertThat(finding.operation().line()).matches("TracerTest\\.java:\\d+");
    assertThat(finding.operation().gradient().isFinite()).isTrue();
    assertThat(finding.parts())
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.name()).matches("ADD at TracerTest\\.java:\\d+");
              assertThat(part.values().infinities()).isEqualTo(24);
            });
  }

  @Test
  void gradientsReachEveryStageThatLearns() {
    Trace trace = training((x, scope) -> scope.convNormRelu("layer", x, 4, 1));

    assertThat(trace.backward()).isEmpty();
    assertThat(stage(trace, "loss").output().gradient().mean()).isEqualTo(1);
    assertThat(stage(trace, "body").output().gradient().isZero()).isFalse();
    assertThat(stage(trace, "image").output().gradient()).isNull();
    assertThat(stage(trace, "body").backwardMilliseconds()).isPositive();
  }

  @Test
  void aStageThatNothingReachesHasNoGradientAndADeadOneZeros() {
    Trace detached = training((x, scope) -> scope.conv("layer", x, 4, 1).detach());
    assertThat(stage(detached, "body").operations().get(0).gradient()).isNull();

    Trace dead = training((x, scope) -> scope.conv("layer", x, 4, 1).abs().times(-1).relu());
    TracedOperation before = stage(dead, "body").operations().get(2);
    assertThat(before.operator()).isEqualTo(Operator.MUL);
    assertThat(before.gradient().isZero()).isTrue();
  }
}
