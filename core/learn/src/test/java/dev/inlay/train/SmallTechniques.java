package dev.inlay.train;

import dev.inlay.Backbone;
import dev.inlay.ContextModule;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Objective;
import dev.inlay.Option;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.assemble.Assembly;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.standard.CrossEntropy;
import java.util.List;
import java.util.stream.Stream;

/** Minimal techniques for tests of losses. */
final class SmallTechniques {

  static final Techniques ALL =
      Techniques.of(
          Stream.<Technique<?>>of(
                  new Trunk(),
                  new Sided(),
                  new Head(),
                  new CrossEntropy(),
                  new Sample("mean", SmallTechniques::mean),
                  new Sample("learned", SmallTechniques::learned),
                  new Sample("wide", SmallTechniques::wide),
                  new Sample("failing", SmallTechniques::failing))
              .map(each -> new Techniques.Entry(each, "small.jar"))
              .toList());

  private SmallTechniques() {}

  /** A network for three classes. */
  static Assembly network(String spec) {
    return Assembly.of(NetworkSpec.parse(spec, ALL), 3);
  }

  static ObjectiveSpec loss(String text) {
    return ObjectiveSpec.parse(text, ALL);
  }

  /** No options. */
  public record None() {}

  /** The objective of a side output. */
  public record Supervision(
      @Option(value = "the objective of the side output", is = "cross-entropy") String objective,
      @Option(value = "its weight", is = "0.4") double weight) {}

  /** The scale of a sum. */
  public record Scale(@Option(value = "what the mean is multiplied with", is = "1") double scale) {}

  @Named(value = "trunk", says = "A sample.")
  private record Trunk() implements Backbone<None> {
    @Override
    public Features build(None options, Features input, Scope scope) {
      Tensor x = scope.conv("conv", input.image(), 4, Window.of(3).stride(2));
      return input.withMaps(List.of(x), List.of(2));
    }
  }

  @Named(value = "sided", says = "A sample.")
  private record Sided() implements ContextModule<Supervision> {
    @Override
    public Features build(Supervision options, Features input, Scope scope) {
      Tensor logits = scope.classify("side", input.last(), input.classes(), 0);
      return input.withSide("side", new Features.Side(logits, options.objective, options.weight));
    }
  }

  @Named(value = "head", says = "A sample.")
  private record Head() implements Decoder<None> {
    @Override
    public Tensor build(None options, Features input, Scope scope) {
      return scope.classify("scores", input.last(), input.classes(), 0);
    }
  }

  private interface Loss {
    Tensor of(Scale options, Tensor output, Scope scope);
  }

  private record Sample(String name, Loss loss) implements Objective<Scale> {
    @Override
    public Tensor loss(Scale options, Tensor output, Tensor labels, int ignore, Scope scope) {
      return loss.of(options, output, scope);
    }
  }

  /** The mean of all logits, independent of the labels. */
  private static Tensor mean(Scale options, Tensor output, Scope scope) {
    return output.times(options.scale).mean(0, 1, 2, 3).reshape();
  }

  private static Tensor learned(Scale options, Tensor output, Scope scope) {
    return mean(options, output, scope).times(scope.parameter("factor", Init.ONE));
  }

  private static Tensor wide(Scale options, Tensor output, Scope scope) {
    return output.mean(1, 2, 3);
  }

  private static Tensor failing(Scale options, Tensor output, Scope scope) {
    throw new IllegalStateException("not today");
  }
}
