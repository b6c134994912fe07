package dev.inlay.contract;

import dev.inlay.Objective;
import dev.inlay.Optimizer;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An expression of raw is allowed; that no other backend can write it is worth a remark. */
final class Portable implements Rule {

  @Override
  public String name() {
    return "portable";
  }

  @Override
  public String says() {
    return "Expressions of the engine, which other backends cannot write, are named.";
  }

  @Override
  public Verdict check(Subject subject) {
    Set<String> places = new TreeSet<>();
    for (String options : subject.samples()) {
      for (Node node : described(subject, options)) {
        if (node.operator() == Operator.RAW) {
          places.add(node.origin().line());
        }
      }
    }
    return places.isEmpty()
        ? Verdict.passed("no raw")
        : Verdict.remarked(
            "raw", "raw is called at %s; a method of Tensor would be portable.".formatted(places));
  }

  private static List<Node> described(Subject subject, String options) {
    if (subject.technique() instanceof Objective) {
      return TrialObjective.of(subject, options).described();
    }
    return subject.technique() instanceof Optimizer
        ? TrialOptimizer.of(subject, options).described()
        : subject.network(options).described();
  }
}
