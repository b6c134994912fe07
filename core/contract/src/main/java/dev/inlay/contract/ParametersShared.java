package dev.inlay.contract;

import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Blocks may share their parameters on purpose, so that this is a remark: more often a second layer
 * has the first one's name by mistake, and both then have one weight.
 */
final class ParametersShared implements Rule {

  @Override
  public String name() {
    return "shared-names";
  }

  @Override
  public String says() {
    return "Parameters that serve twice are named.";
  }

  @Override
  public Verdict check(Subject subject) {
    Set<String> shared = new TreeSet<>();
    for (String options : subject.samples()) {
      TrialNetwork network = subject.network(options);
      Map<String, Integer> reads = new LinkedHashMap<>();
      for (Node node : network.described()) {
        if (node.operator() == Operator.CONV || node.operator() == Operator.CONV_TRANSPOSE) {
          Node weight = node.roles().weight();
          if (weight.operator() == Operator.PARAMETER) {
            reads.merge(weight.name(), 1, Integer::sum);
          }
        }
      }
      reads.forEach(
          (name, count) -> {
            if (count > 1) {
              shared.add(name);
            }
          });
    }
    return shared.isEmpty()
        ? Verdict.passed("%d samples of options".formatted(subject.samples().size()))
        : Verdict.remarked(
            "%d samples of options".formatted(subject.samples().size()),
            "Several convolutions read one weight: %s. If that is not meant, give each layer a name of its own, as in scope.at(\"blocks\", i)."
                .formatted(shared));
  }
}
