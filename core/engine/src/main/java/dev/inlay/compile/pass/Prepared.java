package dev.inlay.compile.pass;

import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What depends on parameters alone set apart, so that it is computed once and not in each run.
 *
 * <pre>
 *   x - CONV(w - MUL(s))     becomes     x - CONV(prepared.0)     and     prepared.0 = w - MUL(s)
 * </pre>
 *
 * @param roots the program's roots, which find those values among what is stored
 * @param values the values computed once, by the names under which the program finds them
 */
public record Prepared(List<Node> roots, Map<String, Node> values) {

  /** Nothing set apart: where parameters change from run to run. */
  public static Prepared none(List<Node> roots) {
    return new Prepared(roots, Map.of());
  }

  /** Sets apart what depends on parameters alone. */
  public static Prepared of(List<Node> roots) {
    Set<Node> stored = Walk.stored(roots);
    Map<String, Node> values = new LinkedHashMap<>();
    Map<Node, Node> cut = new IdentityHashMap<>();
    for (Node node : Walk.order(roots)) {
      if (stored.contains(node)) {
        continue;
      }
      for (Node operand : node.operands()) {
        if (stored.contains(operand)
            && operand.operator() != Operator.PARAMETER
            && !cut.containsKey(operand)) {
          String name = "prepared." + values.size();
          values.put(name, operand);
          cut.put(operand, operand.asStored(name));
        }
      }
    }
    List<Node> rest = Walk.rewrite(roots, (old, node) -> cut.getOrDefault(old, node));
    return new Prepared(rest, Collections.unmodifiableMap(values));
  }
}
