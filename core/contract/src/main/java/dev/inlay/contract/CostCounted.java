package dev.inlay.contract;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.Costs;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Attributes;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import dev.inlay.torch.Computation;
import dev.inlay.torch.Measured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The multiply-adds of the cost table come from declared shapes; here they are counted anew from
 * the shapes of what the engine computed. What an author spares must have been there to be spared.
 */
final class CostCounted implements Rule {

  /** Functions of the engine that multiply and add, in the text of an expression. */
  private static final Pattern PRODUCT =
      Pattern.compile(
          "\\b(?:conv\\w*|linear|matmul|mm|bmm|addmm|baddbmm|mv|dot|einsum|tensordot"
              + "|scaled_dot_product_attention)\\(");

  @Override
  public String name() {
    return "cost";
  }

  @Override
  public String says() {
    return "The declared multiply-adds equal those counted from measured shapes.";
  }

  @Override
  public Verdict check(Subject subject) {
    String counts = "";
    for (String options : subject.samples()) {
      TrialNetwork network = subject.network(options);
      int[] size = subject.sizes().get(subject.sizes().size() - 1);
      List<Node> nodes = described(network);
      for (Node node : nodes) {
        if (node.operator() == Operator.RAW && multiplies(node)) {
          return Verdict.failed(
              network.toString(),
              "An expression of raw multiplies and adds, which the cost table cannot count: %s."
                  .formatted(node.attributes(Attributes.Expression.class).torch()),
              "Use conv, matmul or einsum; add the cost with sparing(Dim.of(0).minus(n)) where no method fits.",
              node.origin().line());
        }
      }
      long spared = 0;
      long counted = 0;
      Map<Node, List<Long>> shapes = measured(network, nodes, size);
      Map<String, Long> symbols = DeclaredIsMeasured.symbols(1, size);
      String line = "";
      for (Node node : nodes) {
        if (node.operator() == Operator.SPARED) {
          spared += node.attributes(Attributes.Spared.class).multiplyAdds().value(symbols);
          line = node.origin().line();
        } else {
          counted += counted(node, shapes);
        }
      }
      long declared = declared(network, size);
      if (spared > counted || declared != counted - spared) {
        return Verdict.failed(
            network.on(1, size),
            "%,d multiply-adds are declared, %,d are counted, and %,d are spared."
                .formatted(declared, counted, spared),
            "Spare with sparing only products that the result does not need, and no more than there are.",
            line);
      }
      counts += (counts.isEmpty() ? "" : "; ") + "%,d".formatted(declared);
    }
    return Verdict.passed(counts + " multiply-adds");
  }

  private static boolean multiplies(Node node) {
    return PRODUCT.matcher(node.attributes(Attributes.Expression.class).torch()).find();
  }

  /** What the costs of the technique's stage are counted over: all outputs, and side outputs. */
  private static List<Node> described(TrialNetwork network) {
    List<Node> roots = new ArrayList<>(List.of((Node) network.assembly().fullLogits()));
    network.assembly().sides().values().forEach(side -> roots.add((Node) side.output()));
    return Walk.order(roots).stream()
        .filter(node -> node.origin().stage().equals(network.stage()))
        .toList();
  }

  private static Map<Node, List<Long>> measured(
      TrialNetwork network, List<Node> nodes, int[] size) {
    Set<Node> wanted = new LinkedHashSet<>();
    for (Node node : nodes) {
      if (isProduct(node)) {
        wanted.add(node);
        wanted.addAll(node.operands());
      }
    }
    Map<Node, List<Long>> shapes = new IdentityHashMap<>();
    wanted.stream()
        .filter(node -> node.operator() == Operator.PARAMETER)
        .forEach(node -> shapes.put(node, node.shape().stream().map(Dim::value).toList()));
    List<Node> computed =
        wanted.stream().filter(node -> node.operator() != Operator.PARAMETER).toList();
    if (computed.isEmpty()) {
      return shapes;
    }
    try (Computation computation =
        new Computation(
            network.assembly().graph(),
            List.<Tensor>copyOf(computed),
            new ProgramOptions(false, List.of()),
            network.parameters())) {
      List<Measured> measured =
          computation.measure(Map.of(Assembly.IMAGE, Values.images(1, size[0], size[1])));
      for (int i = 0; i < computed.size(); i++) {
        shapes.put(computed.get(i), measured.get(i).shape());
      }
    }
    return shapes;
  }

  private static boolean isProduct(Node node) {
    return switch (node.operator()) {
      case CONV, CONV_TRANSPOSE, MATMUL, EINSUM -> true;
      default -> false;
    };
  }

  private static long counted(Node node, Map<Node, List<Long>> shapes) {
    if (!isProduct(node)) {
      return 0;
    }
    List<Long> first = shape(shapes, node.operand(0));
    List<Long> result = shape(shapes, node);
    return switch (node.operator()) {
      case CONV -> size(result) * filter(shapes, node);
      case CONV_TRANSPOSE -> size(first) * filter(shapes, node);
      case MATMUL -> size(result) * first.get(first.size() - 1);
      default -> ofEquation(node, shapes);
    };
  }

  private static long filter(Map<Node, List<Long>> shapes, Node node) {
    List<Long> weight = shape(shapes, node.roles().weight());
    return size(weight.subList(1, weight.size()));
  }

  /** One multiply-add for each combination of the letters. */
  private static long ofEquation(Node node, Map<Node, List<Long>> shapes) {
    if (node.operands().size() == 1) {
      return 0;
    }
    String[] terms =
        node.attributes(Attributes.Equation.class).text().split("->", -1)[0].split(",", -1);
    Map<Character, Long> letters = new HashMap<>();
    for (int i = 0; i < terms.length; i++) {
      String term = terms[i].strip();
      for (int axis = 0; axis < term.length(); axis++) {
        letters.put(term.charAt(axis), shape(shapes, node.operand(i)).get(axis));
      }
    }
    return size(List.copyOf(letters.values()));
  }

  private static List<Long> shape(Map<Node, List<Long>> shapes, Node node) {
    return Objects.requireNonNull(shapes.get(node));
  }

  private static long size(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  private static long declared(TrialNetwork network, int[] size) {
    return Costs.of(network.assembly(), 1, size[0], size[1]).stages().stream()
        .filter(stage -> stage.name().equals(network.stage()))
        .mapToLong(stage -> stage.sum().trainingConvMacs() + stage.sum().trainingAttentionMacs())
        .sum();
  }
}
