package dev.inlay.contract;

import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.torch.HostArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A parameter without a gradient is dead weight in every file, and most often a mistake. Where the
 * author has not named the options that lead to it, it is a remark. A parameter that is read
 * through a detach of itself alone is frozen on purpose.
 */
final class ParametersLearn implements Rule {

  /** A ReLU may block gradients for some values of a small network, but not for all values. */
  private static final int TRIES = 6;

  @Override
  public String name() {
    return "parameters-learn";
  }

  @Override
  public String says() {
    return "A finite gradient reaches every trained parameter that is not itself detached.";
  }

  @Override
  public Verdict check(Subject subject) {
    int[] size = subject.sizes().get(subject.sizes().size() - 1);
    HostArray images = Values.images(2, size[0], size[1]);
    List<String> remarks = new ArrayList<>();
    for (String options : subject.samples()) {
      TrialNetwork network = subject.network(options);
      Set<String> idle = new TreeSet<>(network.trained());
      idle.removeAll(frozen(network));
      Set<String> broken = new TreeSet<>();
      for (int seed = 0; seed < TRIES && !idle.isEmpty(); seed++) {
        Map<String, HostArray> gradients = network.gradients(seed, images);
        broken.clear();
        for (String name : idle) {
          HostArray gradient = gradients.get(name);
          if (gradient != null && Values.notFinite(gradient.values()) > 0) {
            broken.add(name);
          }
        }
        idle.removeIf(name -> learns(gradients.get(name)));
      }
      boolean guess = subject.guessed() && !options.equals(subject.samples().get(0));
      if (!idle.isEmpty() && guess && broken.isEmpty()) {
        remarks.add("With (%s), nothing learns of %s.".formatted(options, FailureWords.some(idle)));
      } else if (!idle.isEmpty()) {
        return failed(network, size, idle, broken);
      }
    }
    return Verdict.remarked(
        "%d samples of options".formatted(subject.samples().size()), String.join(" ", remarks));
  }

  private static boolean learns(@Nullable HostArray gradient) {
    if (gradient == null || Values.notFinite(gradient.values()) > 0) {
      return false;
    }
    for (float value : gradient.values()) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }

  private static Verdict failed(
      TrialNetwork network, int[] size, Set<String> idle, Set<String> broken) {
    String tried = network.on(2, size);
    if (!broken.isEmpty()) {
      return Verdict.failed(
          tried,
          "The gradients of %s are NaN or infinite.".formatted(FailureWords.some(broken)),
          "Keep the arguments of sqrt, log, pow and divisions away from 0: their slopes are infinite there.",
          line(network, broken));
    }
    Set<String> unread = new TreeSet<>(idle);
    unread.removeAll(read(network));
    if (!unread.isEmpty()) {
      return Verdict.failed(
          tried,
          "No output depends on the parameters %s.".formatted(FailureWords.some(unread)),
          "Use what they are for, hand its result on, or do not declare them.",
          "");
    }
    return Verdict.failed(
        tried,
        "No gradient reaches the parameters %s.".formatted(FailureWords.some(idle)),
        "Look for detach, argmax, comparisons and products with 0 between them and the outputs; a value that is not trained is a buffer, or a parameter that is itself detached.",
        line(network, idle));
  }

  /** The parameters that nothing but a detach reads. */
  private static Set<String> frozen(TrialNetwork network) {
    Set<String> detached = new HashSet<>();
    Set<String> used = new HashSet<>();
    for (Node node : network.described()) {
      for (Node operand : node.operands()) {
        if (operand.operator() == Operator.PARAMETER) {
          (node.operator() == Operator.DETACH ? detached : used).add(operand.name());
        }
      }
    }
    detached.removeAll(used);
    return detached;
  }

  private static Set<String> read(TrialNetwork network) {
    Set<String> names = new HashSet<>();
    for (Node node : network.described()) {
      if (node.operator() == Operator.PARAMETER) {
        names.add(node.name());
      }
    }
    return names;
  }

  /** The line of the first operation that reads one of the parameters. */
  private static String line(TrialNetwork network, Set<String> names) {
    for (Node node : network.described()) {
      for (Node operand : node.operands()) {
        if (operand.operator() == Operator.PARAMETER && names.contains(operand.name())) {
          return node.origin().line();
        }
      }
    }
    return "";
  }
}
