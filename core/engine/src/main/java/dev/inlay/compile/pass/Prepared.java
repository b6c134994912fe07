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
 * Separates values that depend on parameters alone, which are computed once and not in each run.
 *
 * <pre>
 *   x - CONV(w - MUL(s))     becomes     x - CONV(prepared.0)     and     prepared.0 = w - MUL(s)
 * </pre>
 *
 * @param roots the program's roots, which read the values as stored values
 * @param values the values that are computed once, by their stored names
 */
public record Prepared(List<Node> roots, Map<String, Node> values) {

  /** No separate values, for programs whose parameters change between runs. */
  public static Prepared none(List<Node> roots) {
    return new Prepared(roots, Map.of());
  }

  /** Separates the values that depend on parameters alone. */
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
