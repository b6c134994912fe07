package dev.inlay.compile.pass;

import dev.inlay.graph.Node;
import dev.inlay.graph.Operands;
import dev.inlay.graph.Walk;
import java.util.List;

/**
 * Converts the image and every filter to the channels-last layout; results keep that layout.
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
