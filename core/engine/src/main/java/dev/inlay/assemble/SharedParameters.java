package dev.inlay.assemble;

import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Parameters that a technique asked for by one name at more than one of its lines. That is legal,
 * and the operations share them; often it is a copy whose name was not changed. One line that asks
 * again and again, as in a loop, shares on purpose.
 *
 * @param names the parameters, in the order of the network
 * @param lines the author's lines that read them
 */
public record SharedParameters(List<String> names, List<String> lines) {

  /** The shared parameters of a network, those with the same lines together. */
  public static List<SharedParameters> of(Assembly assembly) {
    List<Node> roots = new ArrayList<>(List.of((Node) assembly.fullLogits()));
    assembly.sides().values().forEach(side -> roots.add((Node) side.output()));
    Map<String, TreeSet<String>> lines = new LinkedHashMap<>();
    for (Node node : Walk.order(roots)) {
      for (Node operand : node.operands()) {
        if (operand.operator() == Operator.PARAMETER
            && assembly.graph().askedAgain().contains(operand.name())) {
          lines.computeIfAbsent(operand.name(), name -> new TreeSet<>()).add(node.origin().line());
        }
      }
    }
    Map<List<String>, List<String>> names = new LinkedHashMap<>();
    lines.forEach(
        (name, at) -> {
          if (at.size() > 1) {
            names.computeIfAbsent(List.copyOf(at), each -> new ArrayList<>()).add(name);
          }
        });
    return names.entrySet().stream()
        .map(entry -> new SharedParameters(List.copyOf(entry.getValue()), entry.getKey()))
        .toList();
  }

  /** The remark in two sentences. */
  public String remark() {
    String subject =
        names.size() == 1
            ? "the parameter '%s' is".formatted(names.get(0))
            : "the parameter '%s' and %d more are".formatted(names.get(0), names.size() - 1);
    return "Remark: %s shared by %s, which ask for the same name. Use another name at one of them, unless that is meant."
        .formatted(subject, String.join(" and ", lines));
  }
}
