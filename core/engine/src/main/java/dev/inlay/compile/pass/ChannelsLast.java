package dev.inlay.compile.pass;

import dev.inlay.graph.Node;
import dev.inlay.graph.Operands;
import dev.inlay.graph.Walk;
import java.util.List;

/**
 * Lays the image and every filter out with channels innermost; what is computed of them keeps that
 * layout.
 *
 * <pre>
 *   image - CONV(w) - ...     becomes     image - CHANNELS_LAST - CONV(w - CHANNELS_LAST) - ...
 * </pre>
 */
public record ChannelsLast() implements Pass {

  @Override
  public List<Node> apply(List<Node> roots) {
    return Walk.rewrite(
        roots,
        (old, node) ->
            switch (node.operator()) {
              case INPUT -> node.rank() == 4 ? node.channelsLast() : node;
              case CONV -> {
                Node filter = node.roles().weight().channelsLast();
                yield node.withOperand(Operands.WEIGHT, filter);
              }
              default -> node;
            });
  }
}
