package dev.inlay.verify;

import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Parameter;
import dev.inlay.torch.HostArray;
import dev.inlay.torch.Probe;
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
 * Compares what a graph computes with a golden file: parameters by name and shape, then every
 * numbered output and every gradient.
 */
public final class Comparison {

  private final GoldenFile file;
  private final Subject subject;
  private final Predicate<String> isLeft;
  private final Map<String, HostArray> inputs = new LinkedHashMap<>();
  private final List<Deviation> deviations = new ArrayList<>();

  private Comparison(GoldenFile file, Subject subject, Predicate<String> isLeft) {
    this.file = file;
    this.subject = subject;
    this.isLeft = isLeft;
    file.below("input.").forEach((number, array) -> inputs.put("input" + number, array));
  }

  /**
   * Compares.
   *
   * @param isLeft entries of the file that are not compared
   * @throws InlayException if a parameter is missing, needless or of another shape, or an output is
   *     of another shape
   */
  public static List<Deviation> of(GoldenFile file, Subject subject, Predicate<String> isLeft) {
    Comparison comparison = new Comparison(file, subject, isLeft);
    Map<String, HostArray> parameters = comparison.parameters();
    comparison.compareOutputs(parameters);
    comparison.compareGradients(parameters);
    return List.copyOf(comparison.deviations);
  }

  private void compareOutputs(Map<String, HostArray> parameters) {
    Map<Integer, Tensor> outputs = new LinkedHashMap<>(subject.outputs());
    outputs.keySet().removeIf(number -> isLeft.test("output." + number));
    if (outputs.isEmpty()) {
      throw new InlayException(file.name() + ": no output was compared");
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
      return Probe.run(subject.graph(), outputs, ProgramOptions.INFERENCE, parameters, given);
    } catch (InlayException e) {
      throw new InlayException(file.name() + ": " + e.getMessage(), e);
    }
  }

  private void compareGradients(Map<String, HostArray> parameters) {
    Map<String, HostArray> wanted = new LinkedHashMap<>(file.below("grad."));
    wanted.keySet().removeIf(key -> isLeft.test("grad." + key));
    int number = Integer.parseInt(file.metadata().getOrDefault("grad_output", "0"));
    Tensor output = subject.outputs().get(number);
    if (wanted.isEmpty() || output == null) {
      return;
    }
    HostArray cotangent = file.array("cotangent." + number);
    if (!Arrays.equals(cotangent.shape(), file.array("output." + number).shape())) {
      throw new InlayException(
          "%s: cotangent.%d has the shape %s; it must be that of output.%d"
              .formatted(file.name(), number, Arrays.toString(cotangent.shape()), number));
    }
    Map<String, HostArray> gradients =
        Probe.gradients(
            subject.graph(),
            List.of(output),
            ProgramOptions.INFERENCE,
            List.of(cotangent),
            parameters,
            inputs);
    wanted.forEach(
        (key, expected) -> {
          String ours =
              key.startsWith("input.")
                  ? "input" + key.substring("input.".length())
                  : subject.rename(key.substring("state.".length()));
          if (!inputs.containsKey(ours) && !parameters.containsKey(ours)) {
            throw new InlayException(
                file.name() + " has an entry grad." + key + ", but no entry " + key);
          }
          HostArray gradient = gradients.get(ours);
          // What the output does not depend on has gradients of 0.
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
              if (!isLeft.test("state." + key)) {
                given.put(subject.rename(key), array);
              }
            });
    Map<String, Parameter> wanted = subject.graph().parameters();
    Set<String> missing = theirs(wanted.keySet(), given.keySet());
    Set<String> needless = theirs(given.keySet(), wanted.keySet());
    Set<String> misshapen =
        wanted.values().stream()
            .filter(p -> given.containsKey(p.name()))
            .filter(p -> !p.shape().equals(sizes(given.get(p.name()))))
            .map(
                p -> {
                  String key = subject.original(p.name());
                  return key + " " + p.shape() + " for " + sizes(given.get(p.name()));
                })
            .collect(Collectors.toCollection(TreeSet::new));
    if (!missing.isEmpty() || !needless.isEmpty() || !misshapen.isEmpty()) {
      throw new InlayException(
          file.name()
              + ": the parameters differ from the reference's: the file lacks "
              + missing
              + ", only the file has "
              + needless
              + ", other shapes: "
              + misshapen);
    }
    return given;
  }

  /** What is in some of our names and not in others, by the reference's names. */
  private Set<String> theirs(Set<String> some, Set<String> others) {
    return some.stream()
        .filter(name -> !others.contains(name))
        .map(subject::original)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void compare(String entry, HostArray actual) {
    HostArray expected = file.array(entry);
    if (!Arrays.equals(expected.shape(), actual.shape())) {
      throw new InlayException(
          file.name()
              + ": "
              + entry
              + " has the shape "
              + Arrays.toString(actual.shape())
              + ", the reference's has "
              + Arrays.toString(expected.shape()));
    }
    deviations.add(Deviation.of(entry, expected, actual));
  }

  private static List<Long> sizes(@Nullable HostArray array) {
    return array == null ? List.of() : Arrays.stream(array.shape()).boxed().toList();
  }
}
