package dev.inlay.assemble;

import dev.inlay.Backbone;
import dev.inlay.ContextModule;
import dev.inlay.Decoder;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.graph.Graph;
import dev.inlay.guard.Guard;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.NetworkSpec.Stage;
import dev.inlay.spec.Techniques;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Part of a network: stages that need not begin with a backbone nor end with a decoder.
 *
 * @param list the stages, in order
 */
public record Stages(List<Stage<?>> list) {

  /**
   * The result of described stages.
   *
   * @param features the features after the last stage but the decoder
   * @param logits the decoder's logits (B,K,h,w); null without a decoder
   * @param fullLogits the logits at the image's size
   */
  public record Result(Features features, @Nullable Tensor logits, @Nullable Tensor fullLogits) {}

  /** Reads stages of the one-line form. */
  public static Stages parse(String text, Techniques techniques) {
    return new Stages(NetworkSpec.parseStages(text, techniques));
  }

  /** Describes the stages one after the other, each in a scope of its own. */
  public Result describe(Graph graph, Features input, Function<Stage<?>, Scope> scopes) {
    Result made = new Result(input, null, null);
    for (Stage<?> stage : list) {
      made = describe(graph, stage, made.features(), scopes.apply(stage));
    }
    return made;
  }

  private static <O extends Record> Result describe(
      Graph graph, Stage<O> stage, Features input, Scope scope) {
    Technique<O> technique = stage.technique();
    return guarded(
        graph, technique.name(), technique, () -> made(technique, stage.options(), input, scope));
  }

  /**
   * Calls a technique where it describes a stage, or a module inside one.
   *
   * @param name the stage's name, for messages
   * @throws InlayException for any error, with the technique, the stage and the author's line
   */
  public static <T> T guarded(Graph graph, String name, Technique<?> technique, Supplier<T> body) {
    return Guard.call(technique, () -> graph.stage(name, body));
  }

  private static <O extends Record> Result made(
      Technique<O> technique, O options, Features input, Scope scope) {
    if (technique instanceof Backbone<O> backbone) {
      return new Result(built(technique, backbone.build(options, input, scope)), null, null);
    }
    if (technique instanceof ContextModule<O> module) {
      return new Result(built(technique, module.build(options, input, scope)), null, null);
    }
    if (technique instanceof Decoder<O> decoder) {
      Tensor logits = built(technique, decoder.build(options, input, scope));
      Tensor fullLogits = decoder.upsample(options, logits, input, scope);
      return new Result(input, logits, Guard.given(technique, "upsample", fullLogits));
    }
    throw new InlayException("the technique is an objective, which makes no features");
  }

  private static <T> T built(Technique<?> technique, @Nullable T made) {
    return Guard.given(technique, "build", made);
  }

  @Override
  public String toString() {
    return list.stream().map(Stage::toString).collect(Collectors.joining(" | "));
  }
}
