package dev.inlay.reference;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
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
 * A configuration of mmsegmentation as a network here: its spec, how many classes it has, and what
 * its parameters are called there.
 *
 * @param assembly the network
 * @param parts which stages make which part of the reference
 * @param unlike auxiliary heads that no stage is, by the prefix of their keys
 * @param trainedOtherwise how heads are trained there, where training here does otherwise
 */
public record ModelConfig(
    Assembly assembly,
    List<ReferenceParts.Part> parts,
    List<String> unlike,
    Map<String, String> trainedOtherwise) {

  private static final String WAY_OUT =
      "Say with --network which network it is, if one of the techniques here makes the same";

  /**
   * Reads a configuration: all of it, or its model alone.
   *
   * @throws InlayException if it describes no network, or one that is no line of stages here
   */
  public static ModelConfig of(JsonObject configuration, Techniques techniques) {
    try {
      return read(configuration, techniques);
    } catch (ClassCastException
        | IllegalStateException
        | NumberFormatException
        | UnsupportedOperationException e) {
      // What gson says of a list where a dictionary belongs, or of a text instead of a number.
      throw new InlayException(
          "the configuration is not built as mmsegmentation's: "
              + e.getMessage()
              + "; give it as cfg.dump('model.json') writes it",
          e);
    }
  }

  private static ModelConfig read(JsonObject configuration, Techniques techniques) {
    JsonObject model = model(configuration);
    if (isBinary(model.get("decode_head"))) {
      throw new InlayException(
          "the configuration's decode_head scores one class of two (out_channels=1), which a"
              + " threshold tells apart; a model here scores every class");
    }
    Integer classes = ReferenceNetwork.classes(model);
    if (classes == null) {
      throw new InlayException("the configuration's decode_head names no num_classes");
    }
    Graph graph = new Graph();
    Dim[] size = {Dim.symbol("B"), Dim.of(3), Dim.symbol("H"), Dim.symbol("W")};
    Tensor image = graph.input("image", Tensor.Type.FLOAT, size);
    ReferenceNetwork network =
        ReferenceNetwork.describe(
            model, Features.of(image, classes), new ReferenceParts(graph, techniques, WAY_OUT));
    if (!network.choices().isEmpty()) {
      throw new InlayException(
          "the configuration is no line of stages: " + String.join("; ", network.choices()));
    }
    List<ReferenceParts.Part> named =
        network.parts().stream().filter(part -> !network.unlike().contains(part.prefix())).toList();
    PlainSpec plain = PlainSpec.of(named, techniques, classes);
    Assembly assembly = plain.assembly();
    List<ReferenceParts.Part> parts = plain.parts(named);
    requireSame(graph, network, parts, assembly);
    return new ModelConfig(assembly, parts, network.unlike(), LossRemarks.of(model));
  }

  public NetworkSpec spec() {
    return assembly.spec();
  }

  /** How many classes it tells apart. */
  public int classes() {
    return assembly.classes();
  }

  /** What the parameters of this network are called there. */
  public KeyMap keys() {
    return KeyMap.of(assembly, parts);
  }

  private static JsonObject model(JsonObject configuration) {
    JsonObject model =
        configuration.has("model") && configuration.get("model").isJsonObject()
            ? configuration.getAsJsonObject("model")
            : configuration;
    ReferenceNetwork.require(model);
    return model;
  }

  private static boolean isBinary(JsonElement head) {
    return head.isJsonObject() && ReferenceNetwork.isBinary(head.getAsJsonObject());
  }

  /** A line of stages must have just the parameters of the parts that it was made of. */
  private static void requireSame(
      Graph graph, ReferenceNetwork network, List<ReferenceParts.Part> parts, Assembly assembly) {
    Map<String, List<Long>> theirs = new LinkedHashMap<>();
    graph.parameters().forEach((name, parameter) -> theirs.put(name, parameter.shape()));
    theirs.keySet().removeIf(name -> network.unlike().stream().anyMatch(name::startsWith));
    TreeSet<String> different = new TreeSet<>();
    List<ReferenceParts.Part> plain =
        parts.stream()
            .map(part -> new ReferenceParts.Part(part.prefix(), part.stages(), Map.of()))
            .toList();
    Map<String, String> keys = KeyMap.of(assembly, plain).theirs();
    for (Parameter parameter : assembly.graph().parameters().values()) {
      String key = keys.getOrDefault(parameter.name(), parameter.name());
      List<Long> shape = theirs.remove(key);
      if (!parameter.shape().equals(shape)) {
        different.add(key);
      }
    }
    different.addAll(theirs.keySet());
    if (!different.isEmpty()) {
      throw new InlayException(
          "the configuration is no line of stages: as \"%s\" it would have other parameters: %s"
              .formatted(assembly.spec(), String.join(", ", different)));
    }
  }
}
