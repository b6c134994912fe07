package dev.inlay.verify;

import dev.inlay.InlayException;
import dev.inlay.Objective;
import dev.inlay.Tensor;
import dev.inlay.assemble.Stages;
import dev.inlay.graph.Graph;
import dev.inlay.spec.ObjectiveSpec;
import java.util.List;
import java.util.Map;

/**
 * An objective as the subject of a comparison. The golden file has the output that it takes as
 * {@code input.0}, the labels as {@code input.1}, whole numbers, and the loss as {@code output.0};
 * its metadata's {@code ignore_index} is the ignore index, 255 without it.
 */
final class ByObjective {

  private static final String IGNORE = "ignore_index";

  private ByObjective() {}

  /** Describes the weighted sum of objectives on a file's inputs. */
  static Subject of(GoldenFile file, ObjectiveSpec spec) {
    Graph graph = new Graph();
    List<Tensor> inputs = Inputs.of(file, graph);
    if (inputs.size() != 2 || inputs.get(1).type() != Tensor.Type.INTEGER) {
      throw new InlayException(
          "%s has %d inputs; an objective needs the output as input.0 and the labels, whole numbers, as input.1."
              .formatted(file.name(), inputs.size()));
    }
    int ignore = ignore(file);
    Tensor loss =
        spec.terms().stream()
            .map(term -> loss(graph, term, inputs, ignore))
            .reduce(Tensor::plus)
            .orElseThrow();
    return new Subject(spec.toString(), graph, Outputs.numbered(List.of(loss)), Map.of(), null);
  }

  private static <O extends Record> Tensor loss(
      Graph graph, ObjectiveSpec.Term<O> term, List<Tensor> inputs, int ignore) {
    Objective<O> objective = term.objective();
    Tensor loss =
        Stages.guarded(
            graph,
            objective.name(),
            objective,
            () ->
                objective.loss(
                    term.options(), inputs.get(0), inputs.get(1), ignore, graph.scope("")));
    return term.factor() == 1 ? loss : loss.times(term.factor());
  }

  private static int ignore(GoldenFile file) {
    String text = file.metadata().getOrDefault(IGNORE, "255");
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InlayException(
          "%s: the metadata's %s is '%s'; it must be a whole number."
              .formatted(file.name(), IGNORE, text),
          e);
    }
  }
}
