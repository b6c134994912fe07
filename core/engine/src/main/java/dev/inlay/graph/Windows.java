package dev.inlay.graph;

import dev.inlay.Check;
import dev.inlay.Dim;
import dev.inlay.Tensor.Type;
import dev.inlay.Window;
import dev.inlay.graph.Attributes.Pooling;
import dev.inlay.graph.Attributes.Sliding;
import java.util.List;

/** Shape rules of convolutions and poolings, whose windows slide over a map (B,C,H,W). */
final class Windows {

  private Windows() {}

  /** floor((n + 2p - d(k-1) - 1) / s) + 1, in the form that makes equal sizes equal terms. */
  private static Dim slide(Dim size, Dim kernel, int stride, int pad, int dilation) {
    Dim steps =
        size.plus(2L * pad - 1 + stride)
            .minus(kernel.minus(Dim.of(1)).times(dilation))
            .floorDiv(stride);
    Check.that(
        !steps.isConstant() || steps.value() > 0,
        "a kernel of %s at dilation %d does not fit into %s pixels padded by %d",
        kernel,
        dilation,
        size,
        pad);
    return steps;
  }

  /** A map, a weight and an optional bias. */
  static Shape conv(Operands in, Sliding how) {
    Shape x = Shapes.map(in, "a convolution");
    Shape weight = in.shape(Operands.WEIGHT);
    Dim groups = how.groups();
    Check.that(weight.rank() == 4, "a convolution needs a weight (out,in,kh,kw), got %s", weight);
    Dim wanted = weight.dim(1).times(groups);
    Check.that(
        x.dim(1).equals(wanted),
        "a convolution with the weight %s and %s groups needs %s input channels, got %s",
        weight,
        groups,
        wanted,
        x);
    boolean fixed = groups.isConstant() && weight.dim(0).isConstant();
    Check.that(
        !fixed || weight.dim(0).value() % groups.value() == 0,
        "a convolution with the weight %s can't have %s groups",
        weight,
        groups);
    checkBias(in, weight.dim(0));
    Window w = how.window();
    return new Shape(
        Type.FLOAT,
        List.of(
            x.dim(0),
            weight.dim(0),
            slide(x.dim(2), weight.dim(2), w.stride(), w.padTop(), w.dilation()),
            slide(x.dim(3), weight.dim(3), w.stride(), w.padLeft(), w.dilation())));
  }

  /** A map, a weight and an optional bias. */
  static Shape convTranspose(Operands in, Sliding how) {
    Shape x = Shapes.map(in, "a transposed convolution");
    Shape weight = in.shape(Operands.WEIGHT);
    Check.that(
        weight.rank() == 4 && weight.dim(0).equals(x.dim(1)),
        "a transposed convolution of %s needs a weight (C,out,kh,kw), got %s",
        x,
        weight);
    Dim channels = weight.dim(1).times(how.groups());
    checkBias(in, channels);
    Window w = how.window();
    return new Shape(
        Type.FLOAT,
        List.of(
            x.dim(0),
            channels,
            spread(x.dim(2), weight.dim(2), w, w.padTop()),
            spread(x.dim(3), weight.dim(3), w, w.padLeft())));
  }

  /** (n - 1) s - 2p + d(k-1) + 1. */
  private static Dim spread(Dim size, Dim kernel, Window window, int pad) {
    return size.minus(Dim.of(1))
        .times(window.stride())
        .minus(Dim.of(2L * pad))
        .plus(kernel.minus(Dim.of(1)).times(window.dilation()))
        .plus(1);
  }

  private static void checkBias(Operands in, Dim channels) {
    in.bias()
        .map(Node::layout)
        .ifPresent(
            bias ->
                Check.that(
                    bias.rank() == 1 && bias.dim(0).equals(channels),
                    "a bias for %s channels has the shape (%s), got %s",
                    channels,
                    channels,
                    bias));
  }

  static Shape maxPool(Operands in, Pooling how) {
    return pool(in, how, how.window().dilation());
  }

  /** Average pooling has no dilation. */
  static Shape avgPool(Operands in, Pooling how) {
    return pool(in, how, 1);
  }

  private static Shape pool(Operands in, Pooling how, int dilation) {
    Shape x = Shapes.map(in, "a pooling");
    Window w = how.window();
    List<Integer> kernel = List.of(w.kernelHeight(), w.kernelWidth());
    List<Integer> pad = List.of(w.padTop(), w.padLeft());
    Check.that(
        2 * w.padTop() <= w.kernelHeight() && 2 * w.padLeft() <= w.kernelWidth(),
        "a pooling's padding of %s is more than half its kernel %s",
        pad,
        kernel);
    Shape result = x;
    for (int i = 0; i < 2; i++) {
      Check.that(
          !how.ceil() || w.stride() + pad.get(i) <= kernel.get(i),
          "a pooling in ceil mode needs a stride plus padding of at most its kernel");
      Dim size = x.dim(2 + i).plus(how.ceil() ? w.stride() - 1 : 0);
      Dim kernelSize = Dim.of(kernel.get(i));
      result = result.with(2 + i, slide(size, kernelSize, w.stride(), pad.get(i), dilation));
    }
    return result;
  }
}
