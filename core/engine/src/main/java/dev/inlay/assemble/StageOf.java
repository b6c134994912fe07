package dev.inlay.assemble;

import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which stage an operation of a program belongs to. An operation that a pass has made has no stage
 * of its own and belongs to the latest stage whose values it reads; no operation belongs to an
 * earlier stage than its operands.
 */
public final class StageOf {

  /** In place of a stage: what comes before the first one. */
  public static final int NONE = -1;

  private final Map<Node, Integer> stages = new IdentityHashMap<>();
  private final int count;

  /** The stages of a program's operations, operands before users. */
  public StageOf(Assembly assembly, List<Node> order) {
    Map<String, Integer> places = new HashMap<>();
    assembly.stages().forEach(stage -> places.put(stage.name(), places.size()));
    count = places.size();
    for (Node node : order) {
      int stage = places.getOrDefault(node.origin().stage(), NONE);
      for (Node operand : node.operands()) {
        if (operand.operator() != Operator.PARAMETER) {
          stage = Math.max(stage, stages.getOrDefault(operand, NONE));
        }
      }
      stages.put(node, stage);
    }
  }

  /** The place of an operation's stage in the assembly, or {@link #NONE}. */
  public int place(Node node) {
    return Objects.requireNonNull(stages.get(node), node.toString());
  }

  /** The operations of a program without inputs and parameters: first those of no stage. */
  public List<List<Node>> grouped(List<Node> order) {
    List<List<Node>> groups = new ArrayList<>();
    for (int stage = NONE; stage < count; stage++) {
      int wanted = stage;
      groups.add(order.stream().filter(n -> isOperation(n) && place(n) == wanted).toList());
    }
    return groups;
  }

  /** Whether a node computes: inputs and parameters do not. */
  public static boolean isOperation(Node node) {
    return node.operator() != Operator.INPUT && node.operator() != Operator.PARAMETER;
  }
}
