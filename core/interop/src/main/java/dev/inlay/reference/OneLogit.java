package dev.inlay.reference;

import dev.inlay.adapt.TwoClasses;
import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Parameter;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A file whose classifiers have one logit, matched with a network for two classes.
 *
 * @param threshold the probability above which a pixel is of class 1
 * @param classes the classifiers for two classes
 * @param fitting the file's tensors with these classifiers, by name
 */
record OneLogit(double threshold, TwoClasses classes, NamedTensors fitting) {

  /**
   * Adapts the classifiers of a file.
   *
   * @param assembly the network for two classes
   * @param isClassifier whether a parameter belongs to a classifier of the file
   * @throws dev.inlay.InlayException if two logits would not give the same labels
   */
  static OneLogit of(
      TensorFile file,
      Assembly assembly,
      NamedTensors named,
      Predicate<Parameter> isClassifier,
      double threshold) {
    Map<String, TensorInfo> classifiers = new LinkedHashMap<>();
    Map<String, String> keys = named.keys().byParameter();
    for (Parameter each : assembly.graph().parameters().values()) {
      TensorInfo tensor = named.tensors().get(keys.getOrDefault(each.name(), each.name()));
      if (tensor != null && isClassifier.test(each) && isOneOfTwo(tensor, each)) {
        classifiers.put(each.name(), tensor);
      }
    }
    TwoClasses classes = TwoClasses.of(file, assembly, classifiers, threshold);
    Map<String, TensorInfo> fitting = new LinkedHashMap<>(named.tensors());
    classes.tensors().forEach((name, tensor) -> fitting.put(keys.getOrDefault(name, name), tensor));
    return new OneLogit(threshold, classes, new NamedTensors(fitting, named.keys()));
  }

  /** Whether a tensor (1,…) is the half of a parameter (2,…). */
  private static boolean isOneOfTwo(TensorInfo tensor, Parameter parameter) {
    return tensor.type().floating()
        && !tensor.shape().isEmpty()
        && tensor.shape().get(0) == 1
        && parameter.shape().get(0) == 2
        && tensor.elements() * 2 == parameter.size();
  }
}
