package dev.inlay.compile.pass;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import dev.inlay.graph.Graph;
import dev.inlay.graph.Node;
import dev.inlay.graph.Walk;
import java.util.List;
import java.util.stream.Stream;

/**
 * Replaces the network's normalised image by bytes, which the program normalises itself.
 *
 * <pre>
 *   image (B,3,H,W) - ...     becomes     pixels (B,H,W,3) \
 *                                         mean (1,3,1,1)    NORMALIZE - ...
 *                                         deviation        /
 * </pre>
 *
 * <p>Mean and deviation are inputs, so that one program serves models of any normalisation. This
 * pass must be the first, because later passes treat the normalised image as a computed value.
 *
 * @param image the replaced input (B,3,H,W)
 * @param pixels the new input: bytes of red, green and blue (B,H,W,3)
 * @param mean the new input for the mean of each channel (1,3,1,1), from 0 to 1
 * @param deviation the new input for the standard deviation of each channel, on the same scale
 */
public record FromPixels(Node image, Node pixels, Node mean, Node deviation) implements Pass {

  public static final String PIXELS = "pixels";
  public static final String MEAN = "mean";
  public static final String DEVIATION = "deviation";

  /** The pass for an image (B,C,H,W). */
  public static FromPixels of(Tensor image) {
    Graph inputs = new Graph();
    Dim one = Dim.of(1);
    Dim channels = image.dim(1);
    Tensor pixels =
        inputs.input(
            PIXELS, Tensor.Type.INTEGER, image.batch(), image.height(), image.width(), channels);
    Tensor mean = inputs.input(MEAN, Tensor.Type.FLOAT, one, channels, one, one);
    Tensor deviation = inputs.input(DEVIATION, Tensor.Type.FLOAT, one, channels, one, one);
    return new FromPixels((Node) image, (Node) pixels, (Node) mean, (Node) deviation);
  }

  @Override
  public List<Node> apply(List<Node> roots) {
    Node planes = pixels.normalized(mean, deviation);
    return Walk.rewrite(roots, (old, node) -> node == image ? planes : node);
  }

  @Override
  public List<Node> inputs(List<Node> inputs) {
    return inputs.stream()
        .flatMap(input -> input == image ? Stream.of(pixels, mean, deviation) : Stream.of(input))
        .toList();
  }
}
