package dev.inlay.torch;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import dev.inlay.Tensor.Type;
import dev.inlay.Window;
import dev.inlay.graph.ElementType;
import dev.inlay.graph.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Calls of every operator through the author API, by the names in operators.py. Inputs are given by
 * their sizes, with symbols for variable sizes; ~ marks buffers.
 */
final class OperatorCases {

  /** A case: the sizes of its inputs, and its outputs. */
  record Case(String inputs, boolean training, Function<List<Tensor>, Tensor> description) {}

  private static final double LOWEST = Double.NEGATIVE_INFINITY;

  private final Map<String, Case> cases = new LinkedHashMap<>();

  private OperatorCases() {}

  static Map<String, Case> all() {
    OperatorCases table = new OperatorCases();
    table.convolutions();
    table.pooling();
    table.resampling();
    table.normalisation();
    table.functions();
    table.arithmetic();
    table.comparisons();
    table.conversions();
    table.products();
    table.reductions();
    table.rearrangements();
    table.expressions();
    table.losses();
    return table.cases;
  }

  private void many(String name, String inputs, Function<List<Tensor>, Tensor> description) {
    cases.put(name, new Case(inputs, false, description));
  }

  private void one(String name, String input, UnaryOperator<Tensor> description) {
    many(name, input, x -> description.apply(x.get(0)));
  }

  private void one(String name, UnaryOperator<Tensor> description) {
    one(name, "B,2,H,W", description);
  }

  private void two(String name, String inputs, BinaryOperator<Tensor> description) {
    many(name, inputs, x -> description.apply(x.get(0), x.get(1)));
  }

  private void conv(String name, String weight, Window window) {
    two("conv/" + name, "B,3,H,W; " + weight, (x, w) -> x.conv(w, null, window));
  }

  private void convolutions() {
    Window three = Window.of(3);
    conv("plain", "4,3,3,3", three);
    many(
        "conv/bias-stride",
        "B,3,H,W; 4,3,3,3; 4",
        x -> x.get(0).conv(x.get(1), x.get(2), three.stride(2)));
    conv("dilation", "2,3,3,3", three.dilation(3));
    conv("stride-dilation", "2,3,3,3", three.stride(2).dilation(2));
    conv("unpadded", "2,3,3,3", three.stride(3).padding(0));
    conv("row", "2,3,1,5", Window.of(1, 5));
    conv("even", "2,3,2,4", Window.of(2, 4));
    many(
        "conv/groups",
        "B,6,H,W; 9,2,3,3; 9",
        x -> x.get(0).conv(x.get(1), x.get(2), three.stride(2).groups(3)));
    two(
        "conv/depthwise",
        "B,6,H,W; 6,1,3,3",
        (x, w) -> x.conv(w, null, three.dilation(2).groups(6)));
    two(
        "conv/computed",
        "B,3,H,W; B,3,3,3",
        (x, w) -> {
          Dim groups = x.batch().times(3);
          Tensor filters = w.sigmoid().reshape(groups, 1, 3, 3);
          return x.reshape(1, groups, x.height(), x.width())
              .conv(filters, null, three, groups)
              .reshape(x.batch(), 3, x.height(), x.width());
        });
    Window two = Window.of(2).stride(2).padding(0);
    two("conv_transpose/double", "B,4,H,W; 4,3,2,2", (x, w) -> x.convTranspose(w, null, two));
    many(
        "conv_transpose/bias",
        "B,4,H,W; 4,3,3,3; 3",
        x -> x.get(0).convTranspose(x.get(1), x.get(2), three.stride(2)));
    many(
        "conv_transpose/groups",
        "B,4,H,W; 4,3,4,4; 6",
        x ->
            x.get(0)
                .convTranspose(x.get(1), x.get(2), Window.of(4).stride(2).padding(1).groups(2)));
    two(
        "conv_transpose/dilation",
        "B,2,H,W; 2,3,3,3",
        (x, w) -> x.convTranspose(w, null, three.stride(3).dilation(2)));
  }

  private void pooling() {
    one("max_pool/stem", x -> x.maxPool(Window.of(3).stride(2)));
    one("max_pool/quarter", x -> x.maxPool(Window.of(2).stride(2).padding(0)));
    one("max_pool/dilation", x -> x.maxPool(Window.of(3).dilation(2).padding(1)));
    one("max_pool/column", x -> x.maxPool(Window.of(5, 1)));
    one("avg_pool/padded", x -> x.avgPool(Window.of(3).stride(2), false));
    one("avg_pool/ragged", x -> x.avgPool(Window.of(2).stride(2).padding(0), true));
    one("avg_pool/ragged-padded", x -> x.avgPool(Window.of(3).stride(2), true));
    one("avg_pool/row", x -> x.avgPool(Window.of(1, 5), false));
    for (int size : List.of(1, 2, 3, 6)) {
      one("adaptive_avg_pool/" + size, x -> x.adaptiveAvgPool(size, size));
    }
    one("adaptive_avg_pool/row", x -> x.adaptiveAvgPool(Dim.of(1), x.width()));
    one("adaptive_avg_pool/column", x -> x.adaptiveAvgPool(x.height(), Dim.of(1)));
    one("adaptive_avg_pool/larger", x -> x.adaptiveAvgPool(9, 15));
  }

  private void resampling() {
    for (boolean aligned : new boolean[] {true, false}) {
      String kind = "resize/" + (aligned ? "aligned" : "plain");
      one(kind + "-up", x -> x.resize(Dim.of(9), x.width().times(2).plus(1), aligned));
      one(kind + "-down", x -> x.resize(x.height().ceilDiv(2), x.width().ceilDiv(2), aligned));
      one(kind + "-one", x -> x.resize(Dim.of(1), Dim.of(1), aligned));
      one(kind + "-same", x -> x.resizeTo(x, aligned));
      one(kind + "-mixed", x -> x.resize(x.height().times(2), x.width().floorDiv(2), aligned));
    }
    two("resize/from-one", "B,2,1,1; B,2,H,W", (x, like) -> x.resizeTo(like, false));
    one("resize_nearest/up", x -> x.resizeNearest(x.height().times(2), Dim.of(15)));
    one("resize_nearest/down", x -> x.resizeNearest(Dim.of(3), x.width().ceilDiv(2)));
    one("pixel_shuffle/2", "B,8,H,W", x -> x.pixelShuffle(2));
    one("pixel_shuffle/3", "B,9,H,W", x -> x.pixelShuffle(3));
    one("pad/sides", x -> x.pad(1, 2, 3, 0));
    one(
        "pad/to-multiple",
        x -> {
          Dim rows = x.height().ceilDiv(4).times(4).minus(x.height());
          Dim columns = x.width().ceilDiv(4).times(4).minus(x.width());
          Dim top = rows.floorDiv(2);
          Dim left = columns.floorDiv(2);
          return x.pad(left, columns.minus(left), top, rows.minus(top));
        });
    one("pad/crop", x -> x.pad(-1, 0, 2, -3));
  }

  private void batchNorm(String variant, String map, boolean training, double epsilon) {
    cases.put(
        "batch_norm/" + variant,
        new Case(
            map + "; 2; 2; ~2; ~2",
            training,
            x -> x.get(0).batchNorm(x.get(1), x.get(2), x.get(3), x.get(4), 0.1, epsilon)));
  }

  private void normalisation() {
    batchNorm("inference", "B,2,H,W", false, 1e-5);
    batchNorm("training", "B,2,H,W", true, 1e-3);
    batchNorm("codes", "B,2,5", true, 1e-5);
    for (int groups : List.of(1, 2, 6)) {
      many(
          "group_norm/" + groups,
          "B,6,H,W; 6; 6",
          x -> x.get(0).groupNorm(groups, x.get(1), x.get(2), 1e-5));
    }
    many("layer_norm/last", "B,5,7; 7; 7", x -> x.get(0).layerNorm(x.get(1), x.get(2), 1e-6));
    many(
        "layer_norm/map",
        "B,3,1,1; 3,1,1; 3,1,1",
        x -> x.get(0).layerNorm(x.get(1), x.get(2), 1e-5));
  }

  private void functions() {
    one("relu/plain", Tensor::relu);
    one("sigmoid/plain", Tensor::sigmoid);
    one("tanh/plain", Tensor::tanh);
    one("exp/plain", Tensor::exp);
    one("exp/integer", "2,3", Tensor::exp);
    one("log/plain", "2,3,5", Tensor::log);
    one("sqrt/plain", "2,3,5", Tensor::sqrt);
    one("rsqrt/plain", "2,3,5", Tensor::rsqrt);
    one("abs/plain", Tensor::abs);
    one("dropout/inference", x -> x.dropout(0.5).times(1));
    one("channel_dropout/inference", x -> x.channelDropout(0.5).times(1));
  }

  private void arithmetic() {
    arithmetic("add", Tensor::plus, (x, number) -> x.plus(number));
    arithmetic("sub", Tensor::minus, (x, number) -> x.minus(number));
    arithmetic("mul", Tensor::times, (x, number) -> x.times(number));
    arithmetic("div", Tensor::div, (x, number) -> x.div(number));
    one("add/twice", x -> x.plus(x));
    two("maximum/maps", "B,2,H,W; B,2,H,W", Tensor::maximum);
    two("maximum/number", "B,2,H,W; 1", Tensor::maximum);
    one("at_least/number", x -> x.atLeast(0.25));
    one("at_least/integer", "2,5", x -> x.atLeast(3));
  }

  private interface WithNumber {
    Tensor apply(Tensor x, double number);
  }

  private void arithmetic(String name, BinaryOperator<Tensor> operator, WithNumber withNumber) {
    two(name + "/maps", "B,2,H,W; B,2,H,W", operator);
    two(name + "/channel-vector", "B,2,H,W; 2,1,1", operator);
    two(name + "/outer", "B,2,H,1; B,2,1,W", operator);
    one(name + "/number", x -> withNumber.apply(x, 2.5));
    two(name + "/integers", "2,5; 2,5", operator);
    one(name + "/integer-number", "2,5", x -> withNumber.apply(x, 2));
    one(name + "/integer-fraction", "2,5", x -> withNumber.apply(x, 0.5));
    two(name + "/integer-float", "2,5; 2,5", operator);
  }

  private void comparisons() {
    two("equal/ids", "B,H,W; B,H,W", Tensor::equalTo);
    two("equal/outer", "B,5,1; B,1,5", Tensor::equalTo);
    one("greater/number", x -> x.greaterThan(0.5));
    one("greater/integer", "2,5", x -> x.greaterThan(2));
    one("not/truth", x -> x.greaterThan(0).not());
    one("not/float", "2,5", Tensor::not);
    one("masked_fill/number", x -> x.maskedFill(x.greaterThan(1), -3.5));
    two("masked_fill/infinite", "B,2,H,W; H,W", (x, y) -> x.maskedFill(y.greaterThan(0), LOWEST));
    one(
        "masked_fill/softmax",
        "B,5,5",
        x -> x.maskedFill(x.diagonal(Dim.of(5)), LOWEST).softmax(-1));
    two("masked_fill/integer", "B,H,W; 1", (x, two) -> x.maskedFill(x.equalTo(two), 255));
  }

  private void conversions() {
    one(
        "cast/bfloat16",
        x -> ((Node) x).cast(ElementType.BFLOAT16).cast(ElementType.FLOAT32).times(2));
    one("as_float/integer", "2,5", Tensor::asFloat);
    one("as_float/truth", x -> x.greaterThan(0).asFloat().times(x));
    one("detach/half", x -> x.times(x.detach()));
    one("contiguous/channels-last", x -> ((Node) x).channelsLast().times(1));
  }

  private void einsum(String name, String equation, String inputs) {
    many(
        "einsum/" + name,
        inputs,
        x -> x.get(0).einsum(equation, x.subList(1, x.size()).toArray(Tensor[]::new)));
  }

  private void products() {
    two("matmul/matrices", "5,7; 7,3", Tensor::matmul);
    two("matmul/batch", "B,5,7; B,7,3", Tensor::matmul);
    two("matmul/heads", "B,3,5,4; B,3,4,3", Tensor::matmul);
    einsum("gather", "bchw,bkhw->bck", "B,3,H,W; B,4,H,W");
    einsum("affinity", "bnc,bmc->bnm", "B,5,3; B,7,3");
    einsum("transpose", "bchw->bhwc", "B,3,H,W");
    einsum("outer", "i,j->ij", "5; 7");
    einsum("sum", "bchw->bc", "B,3,H,W");
    einsum("three", "bnc,bmc,bm->bn", "B,5,3; B,7,3; B,7");
    einsum("rows", "bchw,bciw->bwhi", "B,3,H,W; B,3,H,W");
  }

  private void reductions() {
    for (int axis : List.of(1, 2, -1)) {
      one("softmax/" + axis, x -> x.softmax(axis));
      one("log_softmax/" + axis, x -> x.logSoftmax(axis));
    }
    reduction("mean", Tensor::mean);
    reduction("sum", Tensor::sum);
    reduction("max", Tensor::max);
    one("sum/truth", x -> x.greaterThan(0).sum(2, 3));
    one("max/integer", "2,5", x -> x.max(1));
    one("argmax/channels", "B,4,H,W", x -> x.argmax(1));
    one("argmax/last", x -> x.argmax(-1));
  }

  private interface Reduction {
    Tensor apply(Tensor x, int... axes);
  }

  private void reduction(String name, Reduction reduction) {
    one(name + "/pixels", x -> reduction.apply(x, 2, 3));
    one(name + "/channels", x -> reduction.apply(x, 1));
    one(name + "/ties", x -> reduction.apply(x.atLeast(0), 0, -1));
  }

  private void rearrangements() {
    one("reshape/pixels", x -> x.reshape(x.batch(), 2, x.height().times(x.width())));
    one("reshape/groups", x -> x.reshape(x.batch().times(2), x.height(), 1L, x.width()));
    one("permute/last", x -> x.permute(0, 2, 3, 1));
    one("permute/negative", x -> x.permute(0, -1, 2, 1));
    one(
        "permute/pixels",
        x -> x.permute(0, 2, 3, 1).reshape(x.batch(), x.height().times(x.width()), 2));
    two(
        "expand/batch",
        "1,4,5; B,4,3,3",
        (x, y) ->
            x.expand(y.batch(), 4, 5)
                .times(y.slice(2, 0, 1).slice(3, 0, 1).reshape(y.batch(), 4, 1)));
    two(
        "expand/map",
        "B,2,1,1; B,2,H,W",
        (x, y) -> x.expand(y.batch(), 2, y.height(), y.width()).plus(y));
    one("slice/channels", "B,4,H,W", x -> x.slice(1, 1, 3));
    one("slice/half", x -> x.slice(-1, x.width().floorDiv(2), x.width()));
    one("slice/rows", x -> x.slice(2, Dim.of(2), x.height()));
    many("concat/channels", "B,2,H,W; B,1,H,W; B,2,H,W", x -> Tensor.concat(x));
    two("concat/width", "B,2,H,W; B,2,H,1", (x, y) -> x.concat(3, List.of(y)));
    two("concat/last", "B,2,H,W; B,2,2,W", (x, y) -> y.concat(-2, List.of(x)));
    one("concat/twice", x -> x.concat(0, List.of(x)));
    one("concat/one", x -> x.concat(0, List.of()).times(2));
    two("concat/integers", "2,5; 2,2", (x, y) -> Tensor.concat(x, y));
  }

  private void expressions() {
    two(
        "raw/expression",
        "5,5; 5,5",
        (x, y) ->
            x.raw("torch.add(torch.tril($0), torch.cumsum($1, 1))", Type.FLOAT, x.shape(), y));
    one("raw/one-hot", "B,1,H,W", x -> x.oneHot(4));
    one("raw/diagonal", x -> x.diagonal(x.width()));
  }

  private void losses() {
    for (String labels : List.of("plain", "ignored", "all-ignored")) {
      two("cross_entropy/" + labels, "B,3,H,W; B,H,W", (x, ids) -> x.crossEntropy(ids, 255));
    }
    two("binary_cross_entropy/plain", "B,2,H,W; B,2,H,W", Tensor::binaryCrossEntropy);
  }
}
