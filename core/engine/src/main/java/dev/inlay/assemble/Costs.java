package dev.inlay.assemble;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import dev.inlay.graph.Cost;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Parameter;
import dev.inlay.graph.Walk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The parameters and multiply-adds of a network at an image size, by stage and in total.
 *
 * @param stages by stage, in order
 * @param total of all stages
 */
public record Costs(List<Stage> stages, Sum total) {

  /**
   * The costs of one stage.
   *
   * @param name the stage's name
   * @param spec how it is written
   * @param outputs the sizes of the maps it hands on, the coarsest last
   */
  public record Stage(String name, String spec, List<List<Long>> outputs, Sum sum) {}

  /**
   * Counts; those of inference leave out what only training needs.
   *
   * @param parameters trained values
   * @param parametersInference trained values that inference reads, and those of side outputs that
   *     say they are counted
   * @param convMacs multiply-adds of convolutions in inference, and of side outputs that are maps
   *     and say that they are counted
   * @param attentionMacs multiply-adds of products of computed values in inference, and of those
   *     side outputs
   * @param trainingConvMacs multiply-adds of convolutions with what only training needs
   * @param trainingAttentionMacs products of computed values with what only training needs
   */
  public record Sum(
      long parameters,
      long parametersInference,
      long convMacs,
      long attentionMacs,
      long trainingConvMacs,
      long trainingAttentionMacs) {

    private static final Sum ZERO = new Sum(0, 0, 0, 0, 0, 0);

    private Sum plus(Sum other) {
      return new Sum(
          parameters + other.parameters,
          parametersInference + other.parametersInference,
          convMacs + other.convMacs,
          attentionMacs + other.attentionMacs,
          trainingConvMacs + other.trainingConvMacs,
          trainingAttentionMacs + other.trainingAttentionMacs);
    }
  }

  /** Counts a network's costs for a batch of images of this size. */
  public static Costs of(Assembly assembly, long batch, long height, long width) {
    Map<String, Long> size = Map.of("B", batch, "H", height, "W", width);
    List<Node> work = nodes(assembly, side -> side.counted() && side.isMap());
    List<Node> training = nodes(assembly, side -> true);
    Set<String> read = new HashSet<>();
    nodes(assembly, Assembly.Side::counted).stream()
        .filter(Costs::isParameter)
        .forEach(node -> read.add(node.name()));

    Map<String, Sum> sums = new LinkedHashMap<>();
    assembly.stages().forEach(stage -> sums.put(stage.name(), Sum.ZERO));
    for (Parameter parameter : assembly.graph().parameters().values()) {
      if (parameter.isTrained()) {
        long count = parameter.size();
        Sum sum = new Sum(count, read.contains(parameter.name()) ? count : 0, 0, 0, 0, 0);
        sums.merge(parameter.name().split("\\.", 2)[0], sum, Sum::plus);
      }
    }
    work.forEach(n -> sums.merge(n.origin().stage(), macs(n, size, true), Sum::plus));
    training.forEach(n -> sums.merge(n.origin().stage(), macs(n, size, false), Sum::plus));

    List<Stage> stages = new ArrayList<>();
    for (Assembly.Stage stage : assembly.stages()) {
      List<List<Long>> outputs = stage.outputs().stream().map(o -> sizes(o, size)).toList();
      Sum sum = sums.getOrDefault(stage.name(), Sum.ZERO);
      stages.add(new Stage(stage.name(), stage.spec(), outputs, sum));
    }
    return new Costs(stages, sums.values().stream().reduce(Sum.ZERO, Sum::plus));
  }

  /** What the logits and some side outputs depend on. */
  private static List<Node> nodes(Assembly assembly, Predicate<Assembly.Side> sides) {
    List<Node> roots = new ArrayList<>(List.of((Node) assembly.fullLogits()));
    assembly.sides().values().stream()
        .filter(sides)
        .forEach(side -> roots.add((Node) side.output()));
    return Walk.order(roots);
  }

  private static boolean isParameter(Node node) {
    return node.operator() == Operator.PARAMETER;
  }

  private static Sum macs(Node node, Map<String, Long> size, boolean inference) {
    long conv = node.cost() instanceof Cost.Convolution c ? c.multiplyAdds().value(size) : 0;
    long attention = node.cost() instanceof Cost.Attention a ? a.multiplyAdds().value(size) : 0;
    return inference ? new Sum(0, 0, conv, attention, 0, 0) : new Sum(0, 0, 0, 0, conv, attention);
  }

  private static List<Long> sizes(Tensor tensor, Map<String, Long> size) {
    return tensor.shape().stream().map((Dim dim) -> dim.value(size)).toList();
  }
}
