package dev.inlay.adapt;

import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.graph.Attributes;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Parameter;
import dev.inlay.graph.Walk;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Weights that were trained on images in blue, green, red, for a network that takes red, green,
 * blue: the input channels of every convolution that reads the image are turned.
 *
 * @param parameters the parameters that are turned, in the order of the network
 * @param file the file with these turned
 */
public record TurnedColours(List<String> parameters, TensorFile file) {

  /** Operators that treat each colour alike and by itself, so that turning passes through them. */
  private static final Set<Operator> BY_COLOUR =
      EnumSet.of(
          Operator.MAX_POOL,
          Operator.AVG_POOL,
          Operator.ADAPTIVE_AVG_POOL,
          Operator.RESIZE,
          Operator.RESIZE_NEAREST,
          Operator.PAD,
          Operator.RELU,
          Operator.CAST,
          Operator.CHANNELS_LAST,
          Operator.DETACH);

  public TurnedColours {
    parameters = List.copyOf(parameters);
  }

  /**
   * Turns the weights of a file.
   *
   * @param sources the file's tensor for each parameter that it gives; the others are fresh and
   *     have no order of colours
   * @throws InlayException if the network reads the image in another way than by convolutions
   */
  public static TurnedColours of(
      TensorFile file, Assembly assembly, Map<String, TensorInfo> sources) {
    List<String> turned = new ArrayList<>();
    List<TurnedChannels> adaptations = new ArrayList<>();
    for (String name : readers(assembly, file)) {
      if (sources.containsKey(name)) {
        turned.add(name);
        Parameter parameter = Objects.requireNonNull(assembly.graph().parameters().get(name));
        int outputs = Math.toIntExact(parameter.shape().get(0));
        adaptations.add(new TurnedChannels(Objects.requireNonNull(sources.get(name)), outputs));
      }
    }
    return new TurnedColours(turned, AdaptedFile.of(file, adaptations));
  }

  /** The weights of the convolutions that read the image, by name. */
  private static Set<String> readers(Assembly assembly, TensorFile file) {
    Set<Node> images = Collections.newSetFromMap(new IdentityHashMap<>());
    images.add((Node) assembly.image());
    Set<String> weights = new LinkedHashSet<>();
    for (Node node : Walk.order(roots(assembly))) {
      if (node.operands().stream().noneMatch(images::contains)) {
        continue;
      }
      if (BY_COLOUR.contains(node.operator())) {
        images.add(node);
      } else if (isWholeConvolution(node) && images.contains(node.roles().value())) {
        weights.add(node.roles().weight().name());
      } else {
        throw new InlayException(
            "%s was trained on images in blue, green, red, and \"%s\" reads the image by %s, not by convolutions alone, so its weights can't be turned to red, green, blue. Give another network with --network."
                .formatted(file.path(), assembly.spec(), node.operator()));
      }
    }
    return weights;
  }

  private static List<Node> roots(Assembly assembly) {
    List<Node> roots = new ArrayList<>();
    for (Tensor each : List.of(assembly.logits(), assembly.fullLogits())) {
      roots.add((Node) each);
    }
    assembly.sides().values().forEach(side -> roots.add((Node) side.output()));
    return roots;
  }

  private static boolean isWholeConvolution(Node node) {
    return node.operator() == Operator.CONV
        && node.attributes(Attributes.Sliding.class).groups().isExactly(1)
        && node.roles().weight().operator() == Operator.PARAMETER;
  }
}
