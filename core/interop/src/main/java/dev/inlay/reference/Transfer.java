package dev.inlay.reference;

import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Parameter;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The assignment of a file's tensors to a network's parameters. Every tensor and every parameter is
 * in one of its lists.
 *
 * @param names the naming scheme of the file
 * @param parameters all parameters of the network
 * @param loaded the file's tensors, by the parameter that each becomes
 * @param reshaped loaded parameters whose tensor's shape differs by dimensions of size 1
 * @param counters batch counters that the file lacks and that begin at 0
 * @param reset parameters that begin fresh on request
 * @param missing parameters without a tensor
 * @param unfit tensors of another shape or type, by the parameter with their name
 * @param leftOut tensors without a parameter
 */
public record Transfer(
    String names,
    List<Parameter> parameters,
    Map<Parameter, TensorInfo> loaded,
    List<Parameter> reshaped,
    List<Parameter> counters,
    List<Parameter> reset,
    List<Parameter> missing,
    Map<Parameter, TensorInfo> unfit,
    List<TensorInfo> leftOut) {

  /**
   * Matches a file with a network.
   *
   * @param tensors the file's tensors by name
   * @param keys the naming scheme of the file
   * @param wanted the requested parameters
   * @param reset those that begin fresh instead
   */
  public static Transfer of(
      Map<String, TensorInfo> tensors,
      Assembly assembly,
      KeyMap keys,
      Predicate<Parameter> wanted,
      Predicate<Parameter> reset) {
    Matching matching = new Matching(tensors);
    for (Parameter parameter : assembly.graph().parameters().values()) {
      if (wanted.test(parameter)) {
        matching.match(parameter, keys.all(parameter.name()), reset.test(parameter));
      } else {
        matching.missing.add(parameter);
      }
    }
    return matching.transfer(keys.names(), List.copyOf(assembly.graph().parameters().values()));
  }

  /** The parameters that every file must have: all except batch counters, which some files lack. */
  static Stream<Parameter> stored(Assembly assembly) {
    return assembly.graph().parameters().values().stream()
        .filter(parameter -> parameter.kind() != Parameter.Kind.COUNTER);
  }

  /** All parameters that have a value: loaded, begun at 0, or fresh. */
  List<Parameter> inOrder() {
    Set<Parameter> without = new HashSet<>(missing);
    return parameters.stream().filter(each -> !without.contains(each)).toList();
  }

  /** The loaded tensors by the parameters' names. */
  public Map<String, TensorInfo> sources() {
    Map<String, TensorInfo> sources = new LinkedHashMap<>();
    loaded.forEach((parameter, tensor) -> sources.put(parameter.name(), tensor));
    return sources;
  }

  /** The state of matching. */
  private static final class Matching {
    private final Map<String, TensorInfo> tensors;
    private final Set<TensorInfo> used = new LinkedHashSet<>();
    private final Map<Parameter, TensorInfo> loaded = new LinkedHashMap<>();
    private final List<Parameter> reshaped = new ArrayList<>();
    private final List<Parameter> counters = new ArrayList<>();
    private final List<Parameter> reset = new ArrayList<>();
    private final List<Parameter> missing = new ArrayList<>();
    private final Map<Parameter, TensorInfo> unfit = new LinkedHashMap<>();

    Matching(Map<String, TensorInfo> tensors) {
      this.tensors = tensors;
    }

    /** Takes the first of a parameter's keys that the file has; its copies are used with it. */
    void match(Parameter parameter, List<String> keys, boolean fresh) {
      List<TensorInfo> found =
          keys.stream().filter(tensors::containsKey).map(key -> of(key)).toList();
      match(parameter, found.isEmpty() ? null : found.get(0), fresh);
      if (!fresh) {
        used.addAll(found);
      }
    }

    private TensorInfo of(String key) {
      return Objects.requireNonNull(tensors.get(key));
    }

    private void match(Parameter parameter, @Nullable TensorInfo tensor, boolean fresh) {
      boolean counts = parameter.kind() == Parameter.Kind.COUNTER;
      if (fresh) {
        reset.add(parameter);
      } else if (tensor == null) {
        (counts ? counters : missing).add(parameter);
      } else if (!squeezed(tensor.shape()).equals(squeezed(parameter.shape()))
          || counts != isWhole(tensor.type())) {
        used.add(tensor);
        unfit.put(parameter, tensor);
      } else {
        used.add(tensor);
        loaded.put(parameter, tensor);
        if (!tensor.shape().equals(parameter.shape())) {
          reshaped.add(parameter);
        }
      }
    }

    private static boolean isWhole(TensorType type) {
      return !type.floating();
    }

    private static List<Long> squeezed(List<Long> shape) {
      return shape.stream().filter(size -> size != 1).toList();
    }

    Transfer transfer(String names, List<Parameter> parameters) {
      List<TensorInfo> leftOut = new ArrayList<>();
      tensors.forEach(
          (name, tensor) -> {
            if (!used.contains(tensor)) {
              leftOut.add(tensor);
            }
          });
      return new Transfer(
          names, parameters, loaded, reshaped, counters, reset, missing, unfit, leftOut);
    }
  }
}
