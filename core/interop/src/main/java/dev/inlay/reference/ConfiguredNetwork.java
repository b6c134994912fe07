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
 * @param assembly the network, written as a person would
 * @param keys what the project calls its parameters
 * @param unlike parts that no stage is and only training needs, by the prefix of their keys
 * @param trainedOtherwise how heads are trained in the project, by their place in the
 *     configuration, where training here does otherwise
 */
public record ConfiguredNetwork(
    Assembly assembly, KeyMap keys, List<String> unlike, Map<String, String> trainedOtherwise) {

  public ConfiguredNetwork {
    unlike = List.copyOf(unlike);
  }

  /**
   * Writes the parts of a network as a line of stages.
   *
   * @param project whose names its parameters have
   * @param graph where its parts were described
   * @param parts all parts in order
   * @param techniques what the network's specs can name
   * @param classes how many classes it tells apart
   * @throws InlayException if the line would have other parameters than the parts
   */
  public static ConfiguredNetwork of(
      String project,
      Graph graph,
      List<DescribedPart> parts,
      Techniques techniques,
      int classes,
      List<String> unlike,
      Map<String, String> trainedOtherwise) {
    List<DescribedPart> alike =
        parts.stream().filter(part -> !unlike.contains(part.prefix())).toList();
    PlainSpec plain = PlainSpec.of(alike, techniques, classes);
    List<DescribedPart> written = plain.parts(alike);
    requireSame(graph, unlike, written, plain.assembly());
    KeyMap keys = KeyMap.of(project, plain.assembly(), written);
    return new ConfiguredNetwork(plain.assembly(), keys, unlike, trainedOtherwise);
  }

  public NetworkSpec spec() {
    return assembly.spec();
  }

  /** How many classes it tells apart. */
  public int classes() {
    return assembly.classes();
  }

  private static void requireSame(
      Graph graph, List<String> unlike, List<DescribedPart> parts, Assembly assembly) {
    Map<String, List<Long>> described = new LinkedHashMap<>();
    graph.parameters().forEach((name, parameter) -> described.put(name, parameter.shape()));
    described.keySet().removeIf(name -> unlike.stream().anyMatch(name::startsWith));
    List<DescribedPart> notRenamed =
        parts.stream()
            .map(part -> new DescribedPart(part.prefix(), part.stages(), Map.of()))
            .toList();
    Map<String, String> keys = KeyMap.of("", assembly, notRenamed).theirs();
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
          "the configuration is no line of stages: as \"%s\" it would have other parameters: %s"
              .formatted(assembly.spec(), String.join(", ", different)));
    }
  }
}
