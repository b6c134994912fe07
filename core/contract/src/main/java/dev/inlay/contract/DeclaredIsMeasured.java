package dev.inlay.contract;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.torch.Computation;
import dev.inlay.torch.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every operation of the technique runs, at even and odd sizes and for one and two images, and its
 * result is compared with its description. Strides are compared with shapes where a stage hands its
 * maps on.
 */
final class DeclaredIsMeasured implements Rule {

  @Override
  public String name() {
    return "shapes";
  }

  @Override
  public String says() {
    return "Declared shapes, strides and types equal the measured ones at any size and batch.";
  }

  @Override
  public Verdict check(Subject subject) {
    for (String options : subject.samples()) {
      TrialNetwork network = subject.network(options);
      List<Tensor> tensors = new ArrayList<>(network.outputs());
      for (Node node : network.described()) {
        if (node.operator() != Operator.PARAMETER && !tensors.contains(node)) {
          tensors.add(node);
        }
      }
      try (Computation computation =
          new Computation(
              network.assembly().graph(),
              tensors,
              ProgramOptions.INFERENCE,
              network.parameters())) {
        for (int batch = 1; batch <= 2; batch++) {
          for (int[] size : subject.sizes()) {
            List<Measured> measured =
                computation.measure(Map.of(Assembly.IMAGE, Values.images(batch, size[0], size[1])));
            for (int i = 0; i < tensors.size(); i++) {
              String difference = difference(tensors.get(i), measured.get(i), symbols(batch, size));
              if (!difference.isEmpty()) {
                return failed(network.on(batch, size), (Node) tensors.get(i), difference);
              }
            }
          }
        }
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }

  static Map<String, Long> symbols(int batch, int[] size) {
    return Map.of("B", (long) batch, "H", (long) size[0], "W", (long) size[1]);
  }

  /** What is wrong with a result; empty if nothing is. */
  static String difference(Tensor declared, Measured measured, Map<String, Long> symbols) {
    List<Long> shape = declared.shape().stream().map((Dim size) -> size.value(symbols)).toList();
    if (!measured.shape().equals(shape)) {
      return "%s is declared as %s, here %s, and has the shape %s."
          .formatted(what(declared), declared.shape(), shape, measured.shape());
    }
    boolean same = measured.type().filter(type -> type == declared.type()).isPresent();
    return same
        ? ""
        : "%s is declared as %s, and the engine made %s."
            .formatted(what(declared), declared.type(), measured.stored());
  }

  private static String what(Tensor tensor) {
    return tensor instanceof Node node ? "The result of " + node.operator() : "A result";
  }

  private static Verdict failed(String tried, Node node, String difference) {
    boolean raw = node.operator() == Operator.RAW;
    return Verdict.failed(
        tried,
        difference,
        raw
            ? "Declare what the expression makes, with sizes as Dim; better, use a method of Tensor, whose shape is known."
            : "An operand has another shape than it declares; see the expressions of raw before it.",
        node.origin().line());
  }
}
