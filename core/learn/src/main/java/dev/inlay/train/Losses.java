package dev.inlay.train;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Objective;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Graph;
import dev.inlay.spec.Techniques;
import dev.inlay.torch.TrainingProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What training lessens: the loss of the decoder's logits and, with their weights, those of the
 * outputs beside the path.
 */
public final class Losses {

  /** The name of the decoder's own loss. */
  public static final String DECODER = "decoder";

  private final Map<String, Tensor> byName = new LinkedHashMap<>();
  private final Tensor total;
  private final Tensor confusion;

  /** Adds the labels, the losses and the counts of hits and misses to a network's graph. */
  public Losses(Assembly assembly, Techniques techniques, int ignore) {
    Graph graph = assembly.graph();
    Tensor image = assembly.image();
    Tensor labels =
        graph.input(
            TrainingProgram.LABELS,
            Tensor.Type.INTEGER,
            image.batch(),
            image.height(),
            image.width());
    Tensor sum = add(DECODER, techniques, decoder(assembly), labels, ignore, graph.scope(DECODER));
    for (Map.Entry<String, Features.Side> side : assembly.sides().entrySet()) {
      String name = side.getKey();
      Tensor loss = add(name, techniques, side.getValue(), labels, ignore, graph.scope(name));
      sum = sum.add(loss.mul(side.getValue().weight()));
    }
    total = sum;
    confusion = confusion(assembly.fullLogits(), labels, assembly.classes(), ignore);
  }

  private static Features.Side decoder(Assembly assembly) {
    return new Features.Side(assembly.fullLogits(), Features.CROSS_ENTROPY, 1);
  }

  private Tensor add(
      String name,
      Techniques techniques,
      Features.Side side,
      Tensor labels,
      int ignore,
      Scope scope) {
    Technique<?> technique = techniques.get(side.objective());
    if (!(technique instanceof Objective<?> objective)) {
      throw new InlayException(
          "the output '"
              + name
              + "' asks for the objective '"
              + side.objective()
              + "', which is no objective");
    }
    Tensor loss = loss(objective, side.output(), labels, ignore, scope);
    byName.put(name, loss);
    return loss;
  }

  private static <O extends Record> Tensor loss(
      Objective<O> objective, Tensor output, Tensor labels, int ignore, Scope scope) {
    return objective.loss(objective.defaults(), output, labels, ignore, scope);
  }

  /** How often class i of the labels was taken for class j, at place i K + j. */
  private static Tensor confusion(Tensor logits, Tensor labels, int classes, int ignore) {
    String counted = "torch.ne($1, " + ignore + ")";
    String pairs =
        "torch.add(torch.mul(torch.masked_select($1, "
            + counted
            + "), "
            + classes
            + "), torch.masked_select(torch.argmax($0, 1, False), "
            + counted
            + "))";
    return logits.raw(
        "torch.bincount(" + pairs + ", None, " + classes * classes + ")",
        Tensor.Type.INTEGER,
        List.of(Dim.of((long) classes * classes)),
        labels);
  }

  /** The weighted sum. */
  public Tensor total() {
    return total;
  }

  /** The names of the single losses, the decoder's first. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** The single losses and the counts of hits and misses, for a training step to report. */
  public List<Tensor> reported() {
    List<Tensor> reported = new ArrayList<>(byName.values());
    reported.add(confusion);
    return reported;
  }
}
