package dev.inlay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Optimizer;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.spec.Techniques;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes as authors make them: which rule finds each, and what it says. */
final class SeededMistakesTest {

  /**
   * A mistake.
   *
   * @param made what the author did
   * @param technique the technique with the mistake
   * @param rule the rule that finds it
   * @param says a part of what the finding says
   */
  record Mistake(String made, Technique<?> technique, String rule, String says) {
    @Override
    public String toString() {
      return made;
    }
  }

  private interface Step {
    Tensor apply(Tensor x, Scope scope);
  }

  private static Mistake step(String made, String rule, String says, Step step) {
    return module(made, rule, says, (x, scope) -> x.withLast(step.apply(x.last(), scope)));
  }

  private interface Body {
    Features build(Features input, Scope scope);
  }

  private static Mistake module(String made, String rule, String says, Body body) {
    SampleModule module =
        new SampleModule(
            (options, input, scope) ->
                body.build(SampleModule.healthy(options.channels(), input, scope), scope));
    return new Mistake(made, module, rule, says);
  }

  private static Mistake whole(String made, String rule, String says, SampleModule.Body body) {
    return new Mistake(made, new SampleModule(body), rule, says);
  }

  static List<Mistake> mistakes() {
    AtomicInteger count = new AtomicInteger();
    List<Mistake> all = new ArrayList<>();
    all.add(
        module(
            "claims the stride of the map before",
            "shapes",
            "claims the stride 32, but its height",
            (x, scope) -> x.withLast(x.last().avgPool(Window.of(3).stride(2), false))));
    all.add(
        step(
            "declares another shape than its expression has",
            "shapes",
            "is declared as [B, 8,",
            (x, scope) -> x.raw("torch.slice($0, 2, 0, 1, 1)", Tensor.Type.FLOAT, x.shape())));
    all.add(
        step(
            "makes another type than it declares",
            "shapes",
            "declared as FLOAT, and the engine made float64",
            (x, scope) -> x.raw("torch.to($0, 7)", Tensor.Type.FLOAT, x.shape())));
    all.add(
        step(
            "fits even sizes alone",
            "shapes",
            "is declared as",
            (x, scope) ->
                x.raw(
                    "torch.slice($0, 3, 0, torch.size($0, 3) // 2 * 2, 1)",
                    Tensor.Type.FLOAT,
                    x.shape())));
    all.add(
        step(
            "calls a function that the engine does not have",
            "shapes",
            "The engine fails",
            (x, scope) -> x.raw("torch.no_such_function($0)", Tensor.Type.FLOAT, x.shape())));
    all.add(
        whole(
            "takes the number of channels for granted",
            "random-networks",
            "channels",
            (options, input, scope) ->
                input.withLast(
                    input
                        .last()
                        .conv(
                            scope.parameter("weight", Init.KAIMING, 8, 32, 1, 1),
                            null,
                            Window.of(1)))));
    all.add(
        step(
            "takes the size of the map for granted",
            "shapes",
            "SeededMistakesTest.java",
            (x, scope) -> x.plus(scope.parameter("position", Init.normal(0.1), 1, 8, 2, 4))));
    all.add(
        step(
            "reshapes images into each other",
            "images-alone",
            "beside another image",
            (x, scope) -> x.minus(x.mean(0))));
    all.add(
        step(
            "divides by a spread that may be 0",
            "finite",
            "NaN or infinite",
            (x, scope) -> {
              Tensor centred = x.minus(x.mean(2, 3));
              return centred.div(centred.times(centred).mean(2, 3).sqrt());
            }));
    all.add(
        step(
            "takes the logarithm of 0", "finite", "NaN or infinite", (x, scope) -> x.relu().log()));
    all.add(
        step(
            "takes the root of 0, whose slope is infinite",
            "parameters-learn",
            "are NaN or infinite",
            (x, scope) -> x.minus(x).times(scope.parameter("root", Init.ONE, 1)).sqrt().plus(x)));
    all.add(
        step(
            "declares a parameter and forgets it",
            "parameters-learn",
            "No output depends on the parameters sample.forgotten",
            (x, scope) -> {
              scope.parameter("forgotten", Init.ONE, 3);
              return x;
            }));
    all.add(
        step(
            "detaches what should learn",
            "parameters-learn",
            "No gradient reaches the parameters",
            (x, scope) -> x.times(scope.parameter("lost", Init.ONE, 1)).detach()));
    all.add(
        step(
            "has a gradient in an expression that is not that of its value",
            "gradients",
            "the gradient says the slope",
            (x, scope) ->
                x.raw(
                    "torch.add(torch.detach($0), torch.mul($0, 2))",
                    Tensor.Type.FLOAT,
                    x.shape())));
    all.add(
        step(
            "leaves initial values as they lie in memory",
            "initial-values",
            "not set, NaN or infinite",
            (x, scope) ->
                x.times(scope.parameter("gain", (values, shape, random) -> {}, 8, 1, 1))));
    all.add(
        step(
            "draws initial values from a generator of its own",
            "initial-values",
            "other initial values at each try",
            (x, scope) ->
                x.times(
                    scope.parameter(
                        "gain",
                        (values, shape, random) -> {
                          while (values.hasRemaining()) {
                            values.put((float) Math.random());
                          }
                        },
                        8,
                        1,
                        1))));
    all.add(
        step(
            "names parameters by a counter of its own",
            "saved-weights",
            "that the first did not have",
            (x, scope) -> scope.convBias("conv" + count.incrementAndGet(), x, x.channels(), 1)));
    all.add(
        step(
            "keeps state in the technique",
            "deterministic",
            "Described twice, the programs differ",
            (x, scope) -> x.times(count.incrementAndGet())));
    all.add(
        step(
            "draws random numbers in inference",
            "deterministic",
            "of two runs is",
            (x, scope) ->
                x.raw("torch.add($0, torch.rand_like($0))", Tensor.Type.FLOAT, x.shape())));
    all.add(
        step(
            "multiplies in an expression, which costs nothing in the table",
            "cost",
            "which the cost table cannot count",
            (x, scope) ->
                x.raw(
                        "torch.matmul($0, torch.transpose($0, 2, 3))",
                        Tensor.Type.FLOAT,
                        List.of(x.batch(), x.dim(1), x.height(), x.height()))
                    .mean(2, 3)
                    .plus(x)));
    all.add(
        step(
            "spares more multiply-adds than there are",
            "cost",
            "are spared",
            (x, scope) -> x.sparing(Dim.of(1_000_000_000L))));
    all.add(
        whole(
            "returns null",
            "shapes",
            "returned null from build",
            (options, input, scope) -> nothing()));
    all.add(
        step(
            "throws where it is built",
            "shapes",
            "ArithmeticException",
            (x, scope) -> x.times(1 / (x.channels() / 100))));
    all.add(
        step(
            "calls itself without end", "shapes", "StackOverflowError", SeededMistakesTest::again));
    all.add(
        new Mistake(
            "does not list its class", new BrokenModules.Unlisted(), "found", "names the class"));
    all.add(
        new Mistake(
            "cites without a year", new BrokenModules.Anonymous(), "paper", "authors are empty"));
    all.add(
        new Mistake("has no summary", new BrokenModules.Silent(), "summary", "must be a sentence"));
    all.add(
        new Mistake(
            "has no example",
            new BrokenModules.Fileless(),
            "summary",
            "must be a spec that names 'fileless'"));
    all.add(
        new Mistake(
            "misspells an option in a preset",
            new BrokenModules.Misspelt(),
            "presets",
            "has no option"));
    all.add(
        new Mistake(
            "does not explain an option",
            new BrokenModules.Unexplained(),
            "options",
            "'channels' has no meaning"));
    all.add(
        new Mistake(
            "lets any number through",
            new BrokenModules.Unchecked(),
            "refusals",
            "It is accepted"));
    all.add(
        new Mistake(
            "refuses without the option's name",
            new BrokenModules.Nameless(),
            "refusals",
            "does not name the option"));
    all.add(
        new Mistake("has an option without a default", new WithoutDefault(), "options", "default"));
    all.add(
        new Mistake(
            "has a loss of the wrong sign",
            new WrongSign(),
            "right-loses-less",
            "where all is wrong"));
    all.add(
        new Mistake(
            "counts ignored pixels",
            new CountsAll(),
            "ignored",
            "with what ignored pixels predict"));
    all.add(
        new Mistake(
            "divides by the number of pixels that count",
            new DividesByNone(),
            "all-ignored",
            "The loss is NaN"));
    all.add(
        new Mistake(
            "compares where it should multiply",
            new Flat(),
            "gradients",
            "nothing learns from the loss"));
    all.add(new Mistake("steps along the gradient", new Climbs(), "steps-lessen", "before and"));
    all.add(
        new Mistake(
            "decays without the rate", new DecaysAlways(), "rate-of-zero", "The weight changes"));
    all.add(
        new Mistake(
            "divides by a memory of 0", new DividesByMemory(), "rate-of-zero", "NaN or infinite"));
    return all;
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isFoundByItsRuleAndExplained(Mistake mistake) {
    List<Finding> failures = TechniqueContractTest.failures(mistake.technique());
    assertThat(failures)
        .filteredOn(finding -> finding.rule().equals(mistake.rule()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.explained()).contains(mistake.says());
              assertThat(finding.verdict().advice()).endsWith(".");
            });
  }

  @Test
  void namesAWeightThatServesTwice() {
    Mistake twice =
        step(
            "gives two layers one name",
            "shared-names",
            "",
            (x, scope) -> scope.conv("c", scope.conv("c", x, x.channels(), 1), x.channels(), 1));
    Subject subject =
        Subject.of(twice.technique(), List.of(new Techniques.Entry(twice.technique(), "test")));
    assertThat(Contract.check(new ParametersShared(), subject).verdict())
        .satisfies(
            verdict -> {
              assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.PASSED);
              assertThat(verdict.found()).contains("[sample.c.weight]", "a name of its own");
            });
  }

  @Test
  void namesExpressionsThatAreNotPortable() {
    Mistake raw =
        step("", "", "", (x, scope) -> x.raw("torch.neg($0)", Tensor.Type.FLOAT, x.shape()));
    Subject subject =
        Subject.of(raw.technique(), List.of(new Techniques.Entry(raw.technique(), "test")));
    assertThat(Contract.check(new Portable(), subject).verdict().found())
        .contains("raw is called at [SeededMistakesTest.java:");
  }

  @SuppressWarnings("NullAway") // Kotlin and old Java return it, too.
  private static Features nothing() {
    return null;
  }

  @SuppressWarnings("InfiniteRecursion")
  private static Tensor again(Tensor x, Scope scope) {
    return again(x.plus(0), scope).plus(1);
  }

  /** An option without a default. */
  @Named(value = "without-default", says = "Convolves.")
  public static final class WithoutDefault
      implements dev.inlay.ContextModule<WithoutDefault.Options> {
    /** The options. */
    public record Options(@Option(value = "channels of the result", least = 1) int channels) {}

    @Override
    public Features build(Options options, Features input, Scope scope) {
      return input;
    }
  }

  /** The options of these losses. */
  public record NoOptions() {}

  /** A loss that grows as predictions get better. */
  @Named(value = "wrong-sign", says = "Grows.")
  public static final class WrongSign implements Objective<NoOptions> {
    @Override
    public Tensor loss(NoOptions options, Tensor output, Tensor labels, int ignore, Scope scope) {
      return Objective.atLabels(output, labels, false).crossEntropy(labels, ignore).times(-1);
    }
  }

  /** A loss with a part that all pixels have. */
  @Named(value = "counts-all", says = "Counts.")
  public static final class CountsAll implements Objective<NoOptions> {
    @Override
    public Tensor loss(NoOptions options, Tensor output, Tensor labels, int ignore, Scope scope) {
      Tensor size = output.times(output).mean(0, 1, 2, 3).reshape();
      return Objective.atLabels(output, labels, false).crossEntropy(labels, ignore).plus(size);
    }
  }

  /** A mean over no pixel. */
  @Named(value = "divides-by-none", says = "Divides.")
  public static final class DividesByNone implements Objective<NoOptions> {
    @Override
    public Tensor loss(NoOptions options, Tensor output, Tensor labels, int ignore, Scope scope) {
      Tensor loss = Objective.atLabels(output, labels, false).crossEntropy(labels, ignore);
      Tensor counted = labels.countUnless(ignore).asFloat();
      return loss.times(counted).div(counted);
    }
  }

  /** A count of wrong pixels, which has no slope. */
  @Named(value = "flat", says = "Compares.")
  public static final class Flat implements Objective<NoOptions> {
    @Override
    public Tensor loss(NoOptions options, Tensor output, Tensor labels, int ignore, Scope scope) {
      return output
          .greaterThan(0)
          .asFloat()
          .mean(0, 1, 2, 3)
          .reshape()
          .plus(output.times(0).sum(0, 1, 2, 3).reshape());
    }
  }

  /** Steps uphill. */
  @Named(value = "climbs", says = "Climbs.")
  public static final class Climbs implements Optimizer<NoOptions> {
    @Override
    public Tensor next(NoOptions o, Tensor weight, Tensor gradient, Tensor rate, Scope memory) {
      return weight.plus(gradient.times(rate));
    }
  }

  /** Decays at a rate of 0, too. */
  @Named(value = "decays-always", says = "Decays.")
  public static final class DecaysAlways implements Optimizer<NoOptions> {
    @Override
    public Tensor next(NoOptions o, Tensor weight, Tensor gradient, Tensor rate, Scope memory) {
      return weight.times(0.99).minus(gradient.times(rate));
    }
  }

  /** Divides by a mean of squares that may be 0. */
  @Named(value = "divides-by-memory", says = "Divides.")
  public static final class DividesByMemory implements Optimizer<NoOptions> {
    @Override
    public Tensor next(NoOptions o, Tensor weight, Tensor gradient, Tensor rate, Scope memory) {
      return weight.minus(gradient.times(rate).div(gradient.times(gradient).sqrt()));
    }
  }
}
