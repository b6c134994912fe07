package dev.inlay.adapt;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operands;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Classifiers with one logit x, whose class 1 is where sigmoid(x) exceeds a threshold t, as
 * classifiers of two classes: their logits are log(t / (1 - t)), which is 0 for a threshold of 0.5,
 * and x. The larger one gives the same labels.
 */
public final class TwoClasses {

  /** The threshold at which the logit of class 0 is 0. */
  public static final double HALF = 0.5;

  /** Operators that give a constant where they get one, in every class by itself. */
  private static final Set<Operator> BY_CLASS =
      EnumSet.of(
          Operator.RESIZE,
          Operator.RESIZE_NEAREST,
          Operator.DROPOUT,
          Operator.CHANNEL_DROPOUT,
          Operator.CAST,
          Operator.CHANNELS_LAST,
          Operator.DETACH);

  private final Map<String, FirstOfTwo> adaptations = new LinkedHashMap<>();

  private TwoClasses() {}

  /**
   * Makes classifiers of two classes.
   *
   * @param assembly the network for two classes
   * @param classifiers the file's tensor (1,…) for each parameter of a classifier
   * @param threshold the threshold, above 0 and below 1
   * @throws InlayException if the network uses the logits of its classifiers for more than labels,
   *     or its last classifier has no bias for a threshold other than 0.5
   */
  public static TwoClasses of(
      TensorFile file, Assembly assembly, Map<String, TensorInfo> classifiers, double threshold) {
    Set<Node> deciding = deciding(file, assembly, classifiers);
    double logit = threshold == HALF ? 0 : Math.log(threshold / (1 - threshold));
    List<String> biases = new ArrayList<>();
    for (Node node : deciding) {
      node.roles().bias().ifPresent(bias -> biases.add(bias.name()));
    }
    if (logit != 0 && (deciding.size() != 1 || biases.size() != 1)) {
      throw new InlayException(
          "%s has one logit and the threshold %s, which needs a single classifier with a bias; \"%s\" has %d and %d biases. Give a network with --network that has one."
              .formatted(file.path(), threshold, assembly.spec(), deciding.size(), biases.size()));
    }
    TwoClasses made = new TwoClasses();
    classifiers.forEach(
        (name, tensor) ->
            made.adaptations.put(name, new FirstOfTwo(tensor, biases.contains(name) ? logit : 0)));
    return made;
  }

  /** The adapted tensors by parameter. */
  public Map<String, TensorInfo> tensors() {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    adaptations.forEach((name, each) -> tensors.put(name, each.adapted()));
    return tensors;
  }

  /** The file with these tensors adapted. */
  public TensorFile file(TensorFile file) {
    return AdaptedFile.of(file, adaptations.values());
  }

  /**
   * The convolutions whose logits become the labels. Class 0 of their results must stay a constant
   * up to the labels, and nothing else may read it.
   */
  private static Set<Node> deciding(
      TensorFile file, Assembly assembly, Map<String, TensorInfo> classifiers) {
    Set<Node> constant = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Node> deciding = Collections.newSetFromMap(new IdentityHashMap<>());
    Node labels = (Node) assembly.fullLogits();
    for (Node node : Walk.order(List.of(labels))) {
      if (isClassifier(node, classifiers)) {
        constant.add(node);
        deciding.add(node);
      } else if (node.operands().stream().anyMatch(constant::contains)) {
        boolean kept =
            BY_CLASS.contains(node.operator())
                || node.operator() == Operator.ADD && constant.containsAll(node.operands());
        if (!kept) {
          throw notExact(file, assembly, "computes %s of them".formatted(node.operator()));
        }
        constant.add(node);
      }
    }
    if (!constant.contains(labels)) {
      throw notExact(file, assembly, "takes its labels from more than classifiers with one logit");
    }
    return deciding;
  }

  private static boolean isClassifier(Node node, Map<String, TensorInfo> classifiers) {
    return node.operator() == Operator.CONV
        && node.operands().stream()
            .skip(Operands.WEIGHT)
            .allMatch(
                operand ->
                    operand.operator() == Operator.PARAMETER
                        && classifiers.containsKey(operand.name()));
  }

  private static InlayException notExact(TensorFile file, Assembly assembly, String why) {
    return new InlayException(
        "%s has one logit for two classes, and \"%s\" %s, so that two logits would not give the same labels. Train it with two classes, or begin with fresh classifiers with --reset classifier."
            .formatted(file.path(), assembly.spec(), why));
  }
}
