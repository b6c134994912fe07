package dev.inlay.verify;

import dev.inlay.Backbone;
import dev.inlay.Features;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.assemble.Stages;
import dev.inlay.graph.Graph;
import dev.inlay.spec.NetworkSpec.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Stages or functions that the caller names, as the subject of a comparison. */
public final class ByHand {

  private ByHand() {}

  /**
   * Describes stages on a file's inputs.
   *
   * @param scopes in a whole network, the prefix of the reference's keys for each technique; by
   *     default {@code backbone} for the first stage, {@code auxiliary_head} for {@code auxiliary},
   *     {@code neck} for {@code jpu} and {@code decode_head} for all others
   */
  public static Subject of(GoldenFile file, Stages stages, Map<String, String> scopes) {
    Graph graph = new Graph();
    List<Tensor> inputs = Inputs.of(file, graph);
    int classes = (int) file.array("output.0").shape()[1];
    boolean image = stages.list().get(0).technique() instanceof Backbone;
    boolean network = image && stages.list().size() > 1;
    Features features =
        image ? Features.of(inputs.get(0), classes) : Inputs.onMaps(inputs, classes, graph);
    Stages.Result result =
        stages.describe(
            graph, features, stage -> graph.scope(network ? scope(stages, stage, scopes) : ""));
    Map<Integer, Tensor> outputs =
        network
            ? Outputs.ofNetwork(file, result, sides(result))
            : result.logits() != null
                ? Outputs.ofHead(file, result)
                : Outputs.ofMaps(file, result.features().maps());
    return new Subject(stages.toString(), graph, outputs, Map.of(), null);
  }

  /** Describes a function of a file's inputs. */
  public static Subject of(
      GoldenFile file, BiFunction<List<Tensor>, Scope, List<Tensor>> function) {
    Graph graph = new Graph();
    List<Tensor> result = function.apply(Inputs.of(file, graph), graph.scope(""));
    return new Subject("", graph, Outputs.numbered(result), Map.of(), null);
  }

  private static Map<String, Tensor> sides(Stages.Result result) {
    Map<String, Tensor> sides = new LinkedHashMap<>();
    result.features().sides().forEach((name, side) -> sides.put(name, side.output()));
    return sides;
  }

  private static String scope(Stages stages, Stage<?> stage, Map<String, String> scopes) {
    String name = stage.technique().name();
    if (stage == stages.list().get(0)) {
      return "backbone";
    }
    String usual =
        name.equals("auxiliary") ? "auxiliary_head" : name.equals("jpu") ? "neck" : "decode_head";
    return scopes.getOrDefault(name, usual);
  }
}
