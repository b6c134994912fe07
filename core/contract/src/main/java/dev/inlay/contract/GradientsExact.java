package dev.inlay.contract;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import dev.inlay.torch.DoubleFunction;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * By the image and by all parameters, of all outputs, on a small image. Batch normalisation takes
 * its running statistics: the gradient through a batch's own is the engine's, and steep where a map
 * has a pixel or two. Values behind a detach are held, as their author wants.
 */
final class GradientsExact implements Rule {

  private static final int[] SMALL = {32, 48};

  /** A kink may lie beside one point; a wrong gradient is wrong at all of them. */
  private static final int POINTS = 4;

  @Override
  public String name() {
    return "gradients";
  }

  @Override
  public String says() {
    return "Gradients equal finite differences in double precision.";
  }

  @Override
  public Verdict check(Subject subject) {
    for (String options : subject.samples()) {
      TrialNetwork network = subject.network(options);
      int[] size = network.accepts(SMALL) ? SMALL : subject.sizes().get(0);
      String wrong = wrong(network, size, 0);
      for (int seed = 1; seed < POINTS && !wrong.isEmpty(); seed++) {
        wrong = wrong(network, size, seed);
      }
      if (!wrong.isEmpty()) {
        return Verdict.failed(
            network.on(1, size),
            wrong,
            "Look for expressions of raw that change a value in place or fix a type, and for random values; methods of Tensor have right gradients.",
            raw(network));
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }

  private static String wrong(TrialNetwork network, int[] size, long seed) {
    Map<String, HostArray> parameters = seed == 0 ? network.parameters() : network.parameters(seed);
    Graph graph = network.assembly().graph().extended();
    Map<String, HostArray> inputs = new HashMap<>();
    inputs.put(Assembly.IMAGE, Values.images(1, size[0], size[1]));
    List<Node> outputs = held(network, graph, parameters, inputs, size);
    try (DoubleFunction function =
        new DoubleFunction(graph, outputs, ProgramOptions.INFERENCE, parameters, inputs)) {
      return Slopes.wrong(function);
    }
  }

  /** The outputs with an input for each detached value; the inputs' values are added. */
  private static List<Node> held(
      TrialNetwork network,
      Graph graph,
      Map<String, HostArray> parameters,
      Map<String, HostArray> inputs,
      int[] size) {
    List<Node> outputs = network.outputs().stream().map(Node.class::cast).toList();
    List<Node> detached =
        Walk.order(outputs).stream().filter(node -> node.operator() == Operator.DETACH).toList();
    if (detached.isEmpty()) {
      return outputs;
    }
    List<HostArray> values =
        GraphRunner.run(graph, detached, ProgramOptions.INFERENCE, parameters, Map.copyOf(inputs));
    Map<String, Long> symbols = DeclaredIsMeasured.symbols(1, size);
    Map<Node, Node> held = new IdentityHashMap<>();
    for (int i = 0; i < detached.size(); i++) {
      Node node = detached.get(i);
      String name = "detached" + i;
      Dim[] sizes =
          node.shape().stream().map(each -> Dim.of(each.value(symbols))).toArray(Dim[]::new);
      inputs.put(name, values.get(i));
      held.put(node, (Node) graph.input(name, Tensor.Type.FLOAT, sizes));
    }
    return new ArrayList<>(Walk.rewrite(outputs, (old, node) -> held.getOrDefault(old, node)));
  }

  private static String raw(TrialNetwork network) {
    return network.described().stream()
        .filter(node -> node.operator() == Operator.RAW)
        .map(node -> node.origin().line())
        .findFirst()
        .orElse("");
  }
}
