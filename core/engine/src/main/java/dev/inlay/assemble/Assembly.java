package dev.inlay.assemble;

import dev.inlay.Backbone;
import dev.inlay.ContextModule;
import dev.inlay.Decoder;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Preparation;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Origin;
import dev.inlay.guard.Guard;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.ObjectiveSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A network described from its spec: each stage's technique applied to the features of the stages
 * before it. The parameters of a stage are named {@code <stage>.<key>}.
 */
public final class Assembly {

  /** The name of the image among the graph's inputs. */
  public static final String IMAGE = "image";

  /**
   * A stage as it stands in the network.
   *
   * @param name the technique's name, with a number from the second of its kind on
   * @param spec how the stage is written
   * @param outputs the maps it hands on, or the decoder's logits
   */
  public record Stage(String name, String spec, List<Tensor> outputs) {}

  /**
   * A side output, which only training needs.
   *
   * @param output the argument of the objective
   * @param objective the loss of the output
   * @param weight the factor of its loss in training's sum
   * @param counted whether its parameters are counted among inference's, and the multiply-adds of a
   *     map
   */
  public record Side(Tensor output, ObjectiveSpec objective, double weight, boolean counted) {

    /** Whether it is a map (B,K,h,w), and not a vector for each image. */
    public boolean isMap() {
      return output.rank() == 4;
    }
  }

  private interface CropCheck {
    void check(int height, int width);
  }

  private final Graph graph = new Graph();
  private final List<Stage> stages = new ArrayList<>();
  private final Map<String, Side> sides = new LinkedHashMap<>();
  private final NetworkSpec spec;
  private Features features;
  private Tensor logits;
  private Tensor fullLogits;
  private final List<CropCheck> crops = new ArrayList<>();
  private Supplier<Optional<Preparation>> preparation = Optional::empty;

  private Assembly(NetworkSpec spec, int classes) {
    this.spec = spec;
    Dim[] size = {Dim.symbol("B"), Dim.of(3), Dim.symbol("H"), Dim.symbol("W")};
    Tensor image = graph.input(IMAGE, Tensor.Type.FLOAT, size);
    features = Features.of(image, classes);
    logits = image;
    fullLogits = image;
    Set<String> taken = new HashSet<>();
    for (NetworkSpec.Stage<?> stage : spec.stages()) {
      String name = freeName(stage.technique().name(), taken);
      Stages.guarded(graph, name, stage.technique(), () -> add(name, stage));
    }
  }

  /**
   * Describes a network.
   *
   * @param classes how many classes it tells apart
   * @throws InlayException if stages do not fit together, naming the stage and the author's line
   */
  public static Assembly of(NetworkSpec spec, int classes) {
    if (classes < 1 || classes > 255) {
      throw new InlayException(
          "The network has %d classes; it must have 1 to 255, because a label map has one byte for each pixel."
              .formatted(classes));
    }
    return new Assembly(spec, classes);
  }

  private static String freeName(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; !taken.add(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  private <O extends Record> boolean add(String name, NetworkSpec.Stage<O> stage) {
    Technique<O> technique = stage.technique();
    O options = stage.options();
    Scope scope = graph.scope(name);
    if (technique instanceof Backbone<O> backbone) {
      handOn(name, Guard.given(technique, "build", backbone.build(options, features, scope)));
    } else if (technique instanceof ContextModule<O> module) {
      Features input = features;
      crops.add(guarded(module, (h, w) -> module.checkCrop(options, input, h, w)));
      handOn(name, Guard.given(technique, "build", module.build(options, features, scope)));
    } else if (technique instanceof Decoder<O> decoder) {
      decode(decoder, options, scope);
    }
    List<Tensor> outputs = technique instanceof Decoder ? List.of(logits) : features.maps();
    return stages.add(new Stage(name, stage.toString(), outputs));
  }

  /** Makes a stage's features the input of the next stage. */
  private void handOn(String stage, Features made) {
    HandedOn.check(made, image());
    sides.keySet().retainAll(made.sides().keySet());
    made.sides()
        .forEach(
            (name, side) -> {
              if (!side.equals(features.sides().get(name))) {
                sides.put(name, side(stage, name, side));
              }
            });
    features = made;
  }

  /** Reads the objective of a side output, so that a wrong one is refused before training. */
  private Side side(String stage, String name, Features.Side side) {
    ObjectiveSpec objective;
    try {
      objective = ObjectiveSpec.parse(side.objective(), spec.techniques());
    } catch (InlayException e) {
      String line = side.output() instanceof Node node ? node.origin().line() : "";
      throw graph.placed(
          new Origin(stage, line),
          "the loss of the side output '%s' can't be read: %s".formatted(name, e.getMessage()),
          e);
    }
    return new Side(side.output(), objective, side.weight(), side.counted());
  }

  private <O extends Record> void decode(Decoder<O> decoder, O options, Scope scope) {
    logits = Guard.given(decoder, "build", decoder.build(options, features, scope));
    checkLogits(logits, "the decoder's logits");
    fullLogits =
        Guard.given(decoder, "upsample", decoder.upsample(options, logits, features, scope));
    checkLogits(fullLogits, "the decoder's upsampled logits");
    crops.add(guarded(decoder, (h, w) -> decoder.checkCrop(options, features, h, w)));
    preparation = () -> decoder.preparation(options, features);
    if (!fullLogits.height().equals(features.image().height())
        || !fullLogits.width().equals(features.image().width())) {
      throw new InlayException(
          "the upsampled logits are %s; they must have the image's size"
              .formatted(fullLogits.shape()));
    }
  }

  private void checkLogits(Tensor tensor, String what) {
    if (tensor.rank() != 4
        || tensor.type() != Tensor.Type.FLOAT
        || !tensor.dim(1).isExactly(features.classes())) {
      throw new InlayException(
          "%s are a %s tensor of shape %s; they must be FLOAT (B,%d,h,w)"
              .formatted(what, tensor.type(), tensor.shape(), features.classes()));
    }
  }

  /**
   * Refuses a crop of images that a stage cannot learn from.
   *
   * @throws InlayException that names the stage's requirement on the crop
   */
  public void requireCrop(int height, int width) {
    crops.forEach(each -> each.check(height, width));
  }

  /** A new preparation of the decoder from labels; empty if the decoder has none. */
  public Optional<StagePreparation> preparation() {
    int last = stages.size() - 1;
    Technique<?> technique = spec.stages().get(last).technique();
    return Guard.answer(technique, "preparation", preparation)
        .map(made -> new GuardedPreparation(technique, made))
        .map(guarded -> new StagePreparation(stages.get(last), guarded));
  }

  private static CropCheck guarded(Technique<?> technique, CropCheck check) {
    return (height, width) ->
        Guard.call(
            technique,
            () -> {
              check.check(height, width);
              return true;
            });
  }

  public Graph graph() {
    return graph;
  }

  public NetworkSpec spec() {
    return spec;
  }

  public int classes() {
    return features.classes();
  }

  public Tensor image() {
    return features.image();
  }

  /** The logits (B,K,h,w) at the decoder's resolution. */
  public Tensor logits() {
    return logits;
  }

  /** The logits (B,K,H,W) at the image's size. */
  public Tensor fullLogits() {
    return fullLogits;
  }

  /** The outputs that only training needs, by name. */
  public Map<String, Side> sides() {
    return Collections.unmodifiableMap(sides);
  }

  public List<Stage> stages() {
    return List.copyOf(stages);
  }
}
