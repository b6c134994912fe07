package dev.inlay.compile;

import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Operations of a program that the engine runs in one call, between other pieces.
 *
 * @param nodes the operations, operands before users
 * @param takes the inputs and the values of earlier pieces that it reads
 * @param stored the names of the parameters and prepared values that it reads
 * @param gives the values that later pieces read, or that no operation reads
 * @param releases the values of this and earlier pieces that no later piece reads
 */
public record Piece(
    List<Node> nodes,
    List<Node> takes,
    List<String> stored,
    List<Node> gives,
    List<Node> releases) {

  /**
   * The pieces of a program.
   *
   * @param groups the operations without inputs and parameters, group by group, operands in the
   *     same or an earlier group than their users
   */
  public static List<Piece> of(List<List<Node>> groups) {
    Map<Node, Integer> lastUse = new IdentityHashMap<>();
    Map<Node, Integer> home = new IdentityHashMap<>();
    for (int group = 0; group < groups.size(); group++) {
      for (Node node : groups.get(group)) {
        home.put(node, group);
        for (Node operand : node.operands()) {
          lastUse.put(operand, group);
        }
      }
    }
    List<Piece> pieces = new ArrayList<>();
    Set<Node> alive = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int group = 0; group < groups.size(); group++) {
      pieces.add(piece(groups.get(group), group, home, lastUse, alive));
    }
    return pieces;
  }

  private static Piece piece(
      List<Node> nodes,
      int group,
      Map<Node, Integer> home,
      Map<Node, Integer> lastUse,
      Set<Node> alive) {
    Set<Node> takes = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Node> inOrder = new ArrayList<>();
    Set<String> stored = new LinkedHashSet<>();
    for (Node node : nodes) {
      for (Node operand : node.operands()) {
        if (operand.operator() == Operator.PARAMETER) {
          stored.add(operand.name());
        } else if (home.getOrDefault(operand, -1) != group && takes.add(operand)) {
          inOrder.add(operand);
        }
      }
    }
    List<Node> gives =
        nodes.stream().filter(node -> lastUse.getOrDefault(node, group + 1) > group).toList();
    alive.addAll(gives);
    List<Node> releases =
        alive.stream().filter(node -> lastUse.getOrDefault(node, group) <= group).toList();
    releases.forEach(alive::remove);
    return new Piece(List.copyOf(nodes), inOrder, List.copyOf(stored), gives, releases);
  }
}
