package dev.inlay.reference;

import dev.inlay.Backbone;
import dev.inlay.ContextModule;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.graph.Graph;
import dev.inlay.guard.Core;
import dev.inlay.guard.Guard;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.NetworkSpec.Stage;
import dev.inlay.spec.Techniques;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Part of a network: stages that need not begin with a backbone nor end with a decoder.
 *
 * @param list the stages, in order
 */
public record Stages(List<Stage<?>> list) {

  /**
   * What stages describe.
   *
   * @param features the features after the last stage but the decoder
   * @param logits what the decoder made, if there is one
   * @param fullLogits the logits at the image's size
   */
  public record Made(Features features, @Nullable Tensor logits, @Nullable Tensor fullLogits) {}

  /** Reads stages of the one-line form. */
  public static Stages parse(String text, Techniques techniques) {
    return new Stages(NetworkSpec.parseStages(text, techniques));
  }

  /** Describes the stages one after the other, each in a scope of its own. */
  public Made describe(Graph graph, Features input, Function<Stage<?>, Scope> scopes) {
    Made made = new Made(input, null, null);
    for (Stage<?> stage : list) {
      made = describe(graph, stage, made.features(), scopes.apply(stage));
    }
    return made;
  }

  private static <O extends Record> Made describe(
      Graph graph, Stage<O> stage, Features input, Scope scope) {
    Technique<O> technique = stage.technique();
    return Guard.call(
        technique.name(),
        Core.origin(technique.getClass()),
        Core.VERSION,
        () -> graph.stage(technique.name(), () -> made(technique, stage.options(), input, scope)));
  }

  private static <O extends Record> Made made(
      Technique<O> technique, O options, Features input, Scope scope) {
    if (technique instanceof Backbone<O> backbone) {
      return new Made(backbone.build(options, input, scope), null, null);
    }
    if (technique instanceof ContextModule<O> module) {
      return new Made(module.build(options, input, scope), null, null);
    }
    if (technique instanceof Decoder<O> decoder) {
      Tensor logits = decoder.build(options, input, scope);
      return new Made(input, logits, decoder.upsample(options, logits, input, scope));
    }
    throw new InlayException(technique.name() + " is an objective, which makes no features");
  }

  @Override
  public String toString() {
    return list.stream().map(Stage::toString).collect(Collectors.joining(" | "));
  }
}
