package dev.inlay.reference;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Parameter;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The network that a configuration of another project describes.
 *
 * @param assembly the network, with only the options that have an effect
 * @param keys the project's keys of its parameters
 * @param unmatched auxiliary heads without an equivalent stage, by the prefix of their keys
 * @param trainedOtherwise remarks on heads that the project trains with another loss than Inlay, by
 *     their place in the configuration
 */
public record ConfiguredNetwork(
    Assembly assembly, KeyMap keys, List<String> unmatched, Map<String, String> trainedOtherwise) {

  public ConfiguredNetwork {
    unmatched = List.copyOf(unmatched);
  }

  /**
   * Writes the parts of a network as a sequence of stages.
   *
   * @param project the project whose keys the parameters have
   * @param graph the graph on which the parts were described
   * @param parts all parts in order
   * @param techniques the techniques that a spec can name
   * @param classes the number of classes
   * @throws InlayException if the sequence would have other parameters than the parts
   */
  public static ConfiguredNetwork of(
      String project,
      Graph graph,
      List<DescribedPart> parts,
      Techniques techniques,
      int classes,
      List<String> unmatched,
      Map<String, String> trainedOtherwise) {
    List<DescribedPart> alike =
        parts.stream().filter(part -> !unmatched.contains(part.prefix())).toList();
    PlainSpec plain = PlainSpec.of(alike, techniques, classes);
    List<DescribedPart> written = plain.parts(alike);
    requireSame(graph, unmatched, written, plain.assembly());
    KeyMap keys = KeyMap.of(project, plain.assembly(), written);
    return new ConfiguredNetwork(plain.assembly(), keys, unmatched, trainedOtherwise);
  }

  public NetworkSpec spec() {
    return assembly.spec();
  }

  /** The number of classes. */
  public int classes() {
    return assembly.classes();
  }

  private static void requireSame(
      Graph graph, List<String> unmatched, List<DescribedPart> parts, Assembly assembly) {
    Map<String, List<Long>> described = new LinkedHashMap<>();
    graph.parameters().forEach((name, parameter) -> described.put(name, parameter.shape()));
    described.keySet().removeIf(name -> unmatched.stream().anyMatch(name::startsWith));
    List<DescribedPart> notRenamed =
        parts.stream()
            .map(part -> new DescribedPart(part.prefix(), part.stages(), Map.of()))
            .toList();
    Map<String, String> keys = KeyMap.of("", assembly, notRenamed).byParameter();
    TreeSet<String> different = new TreeSet<>();
    for (Parameter parameter : assembly.graph().parameters().values()) {
      String key = keys.getOrDefault(parameter.name(), parameter.name());
      List<Long> shape = described.remove(key);
      if (!parameter.shape().equals(shape)) {
        different.add(key);
      }
    }
    different.addAll(described.keySet());
    if (!different.isEmpty()) {
      throw new InlayException(
          "The configuration can't be written as a sequence of stages: \"%s\" would have other parameters: %s."
              .formatted(assembly.spec(), String.join(", ", different)));
    }
  }
}
