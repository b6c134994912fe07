package dev.inlay.graph;

import dev.inlay.Check;
import dev.inlay.Dim;
import dev.inlay.Tensor.Type;
import java.util.ArrayList;
import java.util.List;

/** The shape rules of what slides over a map: convolutions and poolings. */
final class Windows {

  private Windows() {}

  /** floor((n + 2p - d(k-1) - 1) / s) + 1, in the form in which equal sizes look alike. */
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

  /** x, weight, bias, stride, padding, dilation, groups. */
  static Shape conv(Call call) {
    Shape x = Shapes.map(call, "a convolution");
    Shape weight = call.shape(1);
    Check.that(weight.rank() == 4, "a convolution wants a weight (out,in,kh,kw), got %s", weight);
    Dim wanted = weight.dim(1).times(call.dim(6));
    Check.that(
        x.dim(1).equals(wanted),
        "a convolution with the weight %s and %s groups wants %s channels, got %s",
        weight,
        call.dim(6),
        wanted,
        x);
    boolean fixed = call.dim(6).isConstant() && weight.dim(0).isConstant();
    Check.that(
        !fixed || weight.dim(0).value() % call.dim(6).value() == 0,
        "a convolution with the weight %s can't have %s groups",
        weight,
        call.dim(6));
    checkBias(call, 2, weight.dim(0));
    List<Integer> stride = call.list(3);
    List<Integer> pad = call.list(4);
    List<Integer> dilation = call.list(5);
    return new Shape(
        Type.FLOAT,
        List.of(
            x.dim(0),
            weight.dim(0),
            slide(x.dim(2), weight.dim(2), stride.get(0), pad.get(0), dilation.get(0)),
            slide(x.dim(3), weight.dim(3), stride.get(1), pad.get(1), dilation.get(1))));
  }

  /** x, weight, bias, stride, padding, output padding, groups, dilation. */
  static Shape convTranspose(Call call) {
    Shape x = Shapes.map(call, "a transposed convolution");
    Shape weight = call.shape(1);
    Check.that(
        weight.rank() == 4 && weight.dim(0).equals(x.dim(1)),
        "a transposed convolution of %s wants a weight (C,out,kh,kw), got %s",
        x,
        weight);
    List<Integer> stride = call.list(3);
    List<Integer> pad = call.list(4);
    List<Integer> dilation = call.list(7);
    Dim channels = weight.dim(1).times(call.dim(6));
    checkBias(call, 2, channels);
    List<Dim> sizes = new ArrayList<>(List.of(x.dim(0), channels));
    for (int i = 0; i < 2; i++) {
      sizes.add(
          x.dim(2 + i)
              .minus(Dim.of(1))
              .times(stride.get(i))
              .minus(Dim.of(2L * pad.get(i)))
              .plus(weight.dim(2 + i).minus(Dim.of(1)).times(dilation.get(i)))
              .plus(1));
    }
    return new Shape(Type.FLOAT, sizes);
  }

  private static void checkBias(Call call, int place, Dim channels) {
    if (call.isNode(place)) {
      Shape bias = call.shape(place);
      Check.that(
          bias.rank() == 1 && bias.dim(0).equals(channels),
          "a bias for %s channels is (%s), got %s",
          channels,
          channels,
          bias);
    }
  }

  /** x, kernel, stride, padding, then what differs between poolings. */
  static Shape maxPool(Call call) {
    List<Integer> dilation = call.list(4);
    return pool(call, call.flag(5), dilation);
  }

  static Shape avgPool(Call call) {
    return pool(call, call.flag(4), List.of(1, 1));
  }

  private static Shape pool(Call call, boolean ceil, List<Integer> dilation) {
    Shape x = Shapes.map(call, "a pooling");
    List<Integer> kernel = call.list(1);
    List<Integer> stride = call.list(2);
    List<Integer> pad = call.list(3);
    Shape result = x;
    for (int i = 0; i < 2; i++) {
      Check.that(
          2 * pad.get(i) <= kernel.get(i),
          "a pooling's padding of %s is more than half its kernel %s",
          pad,
          kernel);
      Check.that(
          !ceil || stride.get(i) + pad.get(i) <= kernel.get(i),
          "a pooling with ragged ends needs a stride no larger than its kernel less its padding");
      int extra = ceil ? stride.get(i) - 1 : 0;
      result =
          result.with(
              2 + i,
              slide(
                  x.dim(2 + i).plus(extra),
                  Dim.of(kernel.get(i)),
                  stride.get(i),
                  pad.get(i),
                  dilation.get(i)));
    }
    return result;
  }
}
