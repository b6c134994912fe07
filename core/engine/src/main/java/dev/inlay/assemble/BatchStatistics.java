package dev.inlay.assemble;

import dev.inlay.Dim;
import dev.inlay.InlayException;
import dev.inlay.graph.Node;
import dev.inlay.graph.Operator;
import dev.inlay.graph.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks that batch normalisation sees more than one value per channel, so that a variance exists.
 */
public final class BatchStatistics {

  private BatchStatistics() {}

  /**
   * Refuses a batch on which a normalisation of the network would see one value per channel while
   * training.
   *
   * @throws InlayException that names the stage and the author's line
   */
  public static void require(Assembly assembly, long batch, long height, long width) {
    Map<String, Long> size = Map.of("B", batch, "H", height, "W", width);
    List<Node> roots = new ArrayList<>(List.of((Node) assembly.fullLogits()));
    for (Assembly.Side side : assembly.sides().values()) {
      roots.add((Node) side.output());
    }
    for (Node node : Walk.order(roots)) {
      if (node.operator() == Operator.BATCH_NORM && valuesPerChannel(node, size) == 1) {
        throw new InlayException(
            ("The batch is %d and the crop %dx%d, so that the batch normalisation of %s (%s) would see"
                    + " one value per channel while training. Take a batch of 2 or more for this"
                    + " network.")
                .formatted(batch, height, width, node.origin().stage(), node.origin().line()));
      }
    }
  }

  private static long valuesPerChannel(Node normalization, Map<String, Long> size) {
    long values = 1;
    List<Dim> shape = normalization.operand(0).shape();
    for (int axis = 0; axis < shape.size(); axis++) {
      values *= axis == 1 ? 1 : shape.get(axis).value(size);
    }
    return values;
  }
}
