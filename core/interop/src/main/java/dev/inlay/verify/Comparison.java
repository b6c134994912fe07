package dev.inlay.verify;

import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Parameter;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares a graph with a golden file: parameters by name and shape, then the values of every
 * numbered output and every gradient.
 */
public final class Comparison {

  private final GoldenFile file;
  private final Subject subject;
  private final Predicate<String> isExcluded;
  private final Map<String, HostArray> inputs = new LinkedHashMap<>();
  private final List<Deviation> deviations = new ArrayList<>();

  private Comparison(GoldenFile file, Subject subject, Predicate<String> isExcluded) {
    this.file = file;
    this.subject = subject;
    this.isExcluded = isExcluded;
    file.below("input.").forEach((number, array) -> inputs.put("input" + number, array));
  }

  /**
   * Runs the comparison. * @param isExcluded selects the entries of the file that are not compared
   *
   * @throws InlayException if a parameter is missing, surplus or of another shape, or an output has
   *     another shape
   */
  public static List<Deviation> of(GoldenFile file, Subject subject, Predicate<String> isExcluded) {
    Comparison comparison = new Comparison(file, subject, isExcluded);
    Map<String, HostArray> parameters = comparison.parameters();
    comparison.compareOutputs(parameters);
    comparison.compareGradients(parameters);
    return List.copyOf(comparison.deviations);
  }

  private void compareOutputs(Map<String, HostArray> parameters) {
    Map<Integer, Tensor> outputs = new LinkedHashMap<>(subject.outputs());
    outputs.keySet().removeIf(number -> isExcluded.test("output." + number));
    if (outputs.isEmpty()) {
      throw new InlayException("%s: no output was compared.".formatted(file.name()));
    }
    List<HostArray> results = run(List.copyOf(outputs.values()), parameters, inputs);
    int i = 0;
    for (Map.Entry<Integer, Tensor> output : outputs.entrySet()) {
      HostArray result = results.get(i++);
      Sliding sliding = subject.sliding();
      if (sliding != null && sliding.output() == output.getKey()) {
        result = slide(sliding, output.getValue(), parameters);
      }
      compare("output." + output.getKey(), result);
    }
  }

  private HostArray slide(Sliding sliding, Tensor full, Map<String, HostArray> parameters) {
    return sliding.run(
        file.array("input.0"),
        window -> run(List.of(full), parameters, Map.of("input0", window)).get(0));
  }

  private List<HostArray> run(
      List<Tensor> outputs, Map<String, HostArray> parameters, Map<String, HostArray> given) {
    try {
      return GraphRunner.run(subject.graph(), outputs, ProgramOptions.INFERENCE, parameters, given);
    } catch (InlayException e) {
      throw new InlayException("%s: %s".formatted(file.name(), e.getMessage()), e);
    }
  }

  private void compareGradients(Map<String, HostArray> parameters) {
    Map<String, HostArray> wanted = new LinkedHashMap<>(file.below("grad."));
    wanted.keySet().removeIf(key -> isExcluded.test("grad." + key));
    int number = Integer.parseInt(file.metadata().getOrDefault("grad_output", "0"));
    Tensor output = subject.outputs().get(number);
    if (wanted.isEmpty() || output == null) {
      return;
    }
    HostArray cotangent = file.array("cotangent." + number);
    if (!Arrays.equals(cotangent.shape(), file.array("output." + number).shape())) {
      throw new InlayException(
          "%s: cotangent.%d has the shape %s; it must be that of output.%d."
              .formatted(file.name(), number, Arrays.toString(cotangent.shape()), number));
    }
    Map<String, HostArray> gradients =
        GraphRunner.gradients(
            subject.graph(),
            List.of(output),
            ProgramOptions.INFERENCE,
            List.of(cotangent),
            parameters,
            inputs);
    wanted.forEach(
        (key, expected) -> {
          String name =
              key.startsWith("input.")
                  ? "input" + key.substring("input.".length())
                  : subject.rename(key.substring("state.".length()));
          if (!inputs.containsKey(name) && !parameters.containsKey(name)) {
            throw new InlayException(
                "%s has an entry grad.%s, but no entry %s.".formatted(file.name(), key, key));
          }
          HostArray gradient = gradients.get(name);
          // Inputs and parameters without an effect on the output have gradients of 0.
          compare("grad." + key, gradient == null ? zeros(expected) : gradient);
        });
  }

  private static HostArray zeros(HostArray like) {
    return new HostArray(like.shape(), new float[like.values().length]);
  }

  private Map<String, HostArray> parameters() {
    Map<String, HostArray> given = new LinkedHashMap<>();
    file.below("state.")
        .forEach(
            (key, array) -> {
              if (!isExcluded.test("state." + key)) {
                HostArray before = given.put(subject.rename(key), array);
                requireSame(key, before, array);
              }
            });
    Map<String, Parameter> wanted = subject.graph().parameters();
    Set<String> missing = difference(wanted.keySet(), given.keySet());
    Set<String> surplus = difference(given.keySet(), wanted.keySet());
    Set<String> misshapen =
        wanted.values().stream()
            .filter(p -> given.containsKey(p.name()))
            .filter(p -> !p.shape().equals(sizes(given.get(p.name()))))
            .map(
                p -> {
                  String key = subject.original(p.name());
                  return "%s %s for %s".formatted(key, p.shape(), sizes(given.get(p.name())));
                })
            .collect(Collectors.toCollection(TreeSet::new));
    if (!missing.isEmpty() || !surplus.isEmpty() || !misshapen.isEmpty()) {
      throw new InlayException(
          "%s: the parameters differ from the reference's: the file lacks %s, only the file has %s, other shapes: %s."
              .formatted(file.name(), missing, surplus, misshapen));
    }
    return given;
  }

  /** Refuses two keys of one parameter that have different values. */
  private void requireSame(String key, @Nullable HostArray before, HostArray array) {
    if (before != null && !Arrays.equals(before.values(), array.values())) {
      throw new InlayException(
          "%s: state.%s is a copy of another key's parameter, but has other values. Both must be equal."
              .formatted(file.name(), key));
    }
  }

  /** The graph's names that are in one set and not in the other, as the reference's keys. */
  private Set<String> difference(Set<String> some, Set<String> others) {
    return some.stream()
        .filter(name -> !others.contains(name))
        .map(subject::original)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void compare(String entry, HostArray actual) {
    HostArray expected = file.array(entry);
    if (!Arrays.equals(expected.shape(), actual.shape())) {
      throw new InlayException(
          "%s: %s has the shape %s; the reference's has %s."
              .formatted(
                  file.name(),
                  entry,
                  Arrays.toString(actual.shape()),
                  Arrays.toString(expected.shape())));
    }
    deviations.add(Deviation.of(entry, expected, actual));
  }

  private static List<Long> sizes(@Nullable HostArray array) {
    return array == null ? List.of() : Arrays.stream(array.shape()).boxed().toList();
  }
}
