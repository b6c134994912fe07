package dev.inlay.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Walks over the nodes that the roots of a program reach; other nodes are left out. */
public final class Walk {

  private Walk() {}

  /** Every node once, operands before users. */
  public static List<Node> order(List<Node> roots) {
    Set<Node> done = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Node> order = new ArrayList<>();
    Deque<Node> open = new ArrayDeque<>();
    for (int i = roots.size() - 1; i >= 0; i--) {
      open.push(roots.get(i));
    }
    while (!open.isEmpty()) {
      Node node = open.element();
      if (done.contains(node)) {
        open.pop();
        continue;
      }
      List<Node> missing = node.operands().stream().filter(o -> !done.contains(o)).toList();
      if (missing.isEmpty()) {
        done.add(node);
        order.add(open.pop());
      }
      for (int i = missing.size() - 1; i >= 0; i--) {
        open.push(missing.get(i));
      }
    }
    return order;
  }

  /**
   * Lowers every node in order, for a backend.
   *
   * @param order operands before users
   * @param made the translated nodes so far; new ones are added
   */
  public static <T> void fold(List<Node> order, Map<Node, T> made, Lowering<T> lowering) {
    for (Node node : order) {
      if (!made.containsKey(node)) {
        List<T> operands = new ArrayList<>();
        for (Node operand : node.operands()) {
          operands.add(Objects.requireNonNull(made.get(operand)));
        }
        made.put(node, lowering.lower(node, operands));
      }
    }
  }

  /**
   * Rewrites the nodes bottom-up by a rule, which gets each node before and after the replacement
   * of its operands.
   */
  public static List<Node> rewrite(List<Node> roots, BiFunction<Node, Node, Node> rule) {
    Map<Node, Node> now = new IdentityHashMap<>();
    for (Node node : order(roots)) {
      boolean unchanged = node.operands().stream().allMatch(o -> now.get(o) == o);
      now.put(
          node,
          rule.apply(
              node, unchanged ? node : node.withOperands(o -> Objects.requireNonNull(now.get(o)))));
    }
    return roots.stream().map(root -> Objects.requireNonNull(now.get(root))).toList();
  }

  /** The nodes that are read exactly once, by another node or as a root. */
  public static Set<Node> readOnce(List<Node> roots) {
    Set<Node> once = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Node> more = Collections.newSetFromMap(new IdentityHashMap<>());
    Consumer<Node> read =
        node -> {
          if (!once.add(node)) {
            more.add(node);
          }
        };
    roots.forEach(read);
    order(roots).forEach(node -> node.operands().forEach(read));
    once.removeAll(more);
    return once;
  }

  /** The parameters, and the nodes that depend on them alone and on no image's size. */
  public static Set<Node> stored(List<Node> roots) {
    Set<Node> stored = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Node node : order(roots)) {
      boolean computed =
          !node.operands().isEmpty()
              && stored.containsAll(node.operands())
              && node.symbols().isEmpty();
      if (node.operator() == Operator.PARAMETER || computed) {
        stored.add(node);
      }
    }
    return stored;
  }
}
