package dev.inlay.reference;

import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Parameter;
import dev.inlay.spec.NetworkSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The classifiers of a network: the parameters that grow with the number of classes. They are found
 * by assembling the network for two classes and for three.
 */
public final class ClassCount {

  /**
   * How a parameter grows with the number of classes.
   *
   * @param axis the axis that grows
   * @param each the growth of the axis for each class
   * @param fixed the size of the axis for no classes
   */
  private record Growth(int axis, long each, long fixed) {}

  private final NetworkSpec spec;
  private @Nullable Map<String, Growth> growths;

  private ClassCount(NetworkSpec spec) {
    this.spec = spec;
  }

  /** Assembled on first use; most imports never need it. */
  private Map<String, Growth> growths() {
    if (growths == null) {
      growths = grown(spec);
    }
    return growths;
  }

  private static Map<String, Growth> grown(NetworkSpec spec) {
    Map<String, Growth> grown = new LinkedHashMap<>();
    Map<String, Parameter> two = Assembly.of(spec, 2).graph().parameters();
    for (Parameter three : Assembly.of(spec, 3).graph().parameters().values()) {
      Parameter same = two.get(three.name());
      if (same != null) {
        compare(same, three, grown);
      }
    }
    return grown;
  }

  /** The classifiers of a network. */
  public static ClassCount of(NetworkSpec spec) {
    return new ClassCount(spec);
  }

  private static void compare(Parameter two, Parameter three, Map<String, Growth> grown) {
    for (int axis = 0; axis < three.shape().size(); axis++) {
      long each = three.shape().get(axis) - two.shape().get(axis);
      if (each > 0) {
        grown.putIfAbsent(three.name(), new Growth(axis, each, two.shape().get(axis) - 2 * each));
      }
    }
  }

  /** Whether a parameter belongs to a classifier. */
  public boolean isClassifier(String parameter) {
    return growths().containsKey(parameter);
  }

  /** The number of classes for which a parameter has this shape; empty if there is none. */
  public OptionalInt classes(String parameter, List<Long> shape) {
    Growth growth = growths().get(parameter);
    if (growth == null || growth.axis >= shape.size()) {
      return OptionalInt.empty();
    }
    long grown = shape.get(growth.axis) - growth.fixed;
    boolean whole = grown > 0 && grown % growth.each == 0 && grown / growth.each <= 255;
    return whole ? OptionalInt.of((int) (grown / growth.each)) : OptionalInt.empty();
  }
}
