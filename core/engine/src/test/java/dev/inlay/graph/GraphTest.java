package dev.inlay.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Dim;
import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Tensor.Type;
import dev.inlay.Window;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Names, kinds and costs in a described graph. */
final class GraphTest {

  private static final Map<String, Long> SIZE = Map.of("B", 2L, "H", 9L, "W", 11L);

  private final Graph graph = new Graph();
  private final Scope scope = graph.scope("resnet");
  private final Tensor image =
      graph.input(
          "image", Type.FLOAT, Dim.symbol("B"), Dim.of(4), Dim.symbol("H"), Dim.symbol("W"));

  @Test
  void parametersBearTheNamesOfTheirScopesInTheOrderOfTheirFirstUse() {
    Tensor x = scope.convNormRelu("stem", image, 8, 3);
    x = scope.at("layer1", 0).convBias("conv1", x, 8, 1);
    scope.classify("conv_seg", x, 5, 0.1);

    assertThat(graph.parameters().keySet())
        .containsExactly(
            "resnet.stem.conv.weight",
            "resnet.stem.bn.num_batches_tracked",
            "resnet.stem.bn.weight",
            "resnet.stem.bn.bias",
            "resnet.stem.bn.running_mean",
            "resnet.stem.bn.running_var",
            "resnet.layer1.0.conv1.weight",
            "resnet.layer1.0.conv1.bias",
            "resnet.conv_seg.weight",
            "resnet.conv_seg.bias");
    assertThat(graph.parameters().get("resnet.stem.conv.weight").shape())
        .containsExactly(8L, 4L, 3L, 3L);
    assertThat(graph.parameters().get("resnet.stem.bn.running_var").kind())
        .isEqualTo(Parameter.Kind.BUFFER);
    assertThat(graph.parameters().get("resnet.stem.bn.num_batches_tracked").kind())
        .isEqualTo(Parameter.Kind.COUNTER);
    assertThat(graph.updates()).hasSize(1);
  }

  @Test
  void separableConvolutionFiltersEachChannelThenMixesThem() {
    Tensor x = scope.separableConvNormRelu("aspp", image, 8, Window.of(3).dilation(2));

    assertThat(x.shape())
        .isEqualTo(List.of(image.batch(), Dim.of(8), image.height(), image.width()));
    assertThat(graph.parameters().get("resnet.aspp.depthwise_conv.conv.weight").shape())
        .containsExactly(4L, 1L, 3L, 3L);
    assertThat(graph.parameters().get("resnet.aspp.pointwise_conv.conv.weight").shape())
        .containsExactly(8L, 4L, 1L, 1L);
    assertThat(graph.parameters().keySet())
        .contains("resnet.aspp.depthwise_conv.bn.weight", "resnet.aspp.pointwise_conv.bn.weight");
  }

  @Test
  void theRootScopeAddsNoPrefix() {
    graph.scope("").parameter("weight", Init.ONE, 3);

    assertThat(graph.parameters()).containsOnlyKeys("weight");
  }

  @Test
  void theSameNameIsTheSameParameter() {
    Tensor first = scope.parameter("shared", Init.ONE, 3);

    assertThat(scope.parameter("shared", Init.ZERO, 3)).isSameAs(first);
    assertThat(scope.at("below").parameter("shared", Init.ZERO, 3)).isNotSameAs(first);
  }

  @Test
  void windowsPadSoThatOddKernelsKeepTheSize() {
    for (int kernel : List.of(1, 3, 5, 7)) {
      for (int rate : List.of(1, 2, 12)) {
        Tensor x =
            scope.conv("k" + kernel + "-" + rate, image, 4, Window.of(kernel).dilation(rate));
        assertThat(x.shape()).isEqualTo(image.shape());
      }
    }
    assertThat(Window.of(1, 3).dilation(2)).isEqualTo(new Window(1, 3, 1, 2, 0, 2, 1));
    assertThat(Window.of(3).dilation(4).padding(1).stride(2).groups(4))
        .isEqualTo(new Window(3, 3, 2, 4, 1, 1, 4));
  }

  private static long convolutions(Tensor tensor) {
    return ((Node) tensor).cost() instanceof Cost.Convolution cost
        ? cost.multiplyAdds().value(SIZE)
        : 0;
  }

  private static long products(Tensor tensor) {
    return ((Node) tensor).cost() instanceof Cost.Attention cost
        ? cost.multiplyAdds().value(SIZE)
        : 0;
  }

  @Test
  void convolutionsCostTheirMultiplyAdds() {
    assertThat(convolutions(scope.conv("a", image, 8, 3))).isEqualTo(2 * 8 * 9 * 11 * 4 * 9);
    assertThat(convolutions(scope.conv("b", image, 8, Window.of(3).stride(2).groups(4))))
        .isEqualTo(2 * 8 * 5 * 6 * 9);
    Tensor weight = scope.parameter("up", Init.ONE, 4, 3, 2, 2);
    assertThat(convolutions(image.convTranspose(weight, null, Window.of(2).stride(2).padding(0))))
        .isEqualTo(2 * 4 * 9 * 11 * 3 * 4);
    Tensor scaled = scope.parameter("c", Init.ONE, 8, 4, 1, 1).times(2);
    assertThat(convolutions(image.conv(scaled, null, Window.of(1))))
        .as("a weight computed from parameters")
        .isEqualTo(2 * 8 * 9 * 11 * 4);
  }

  @Test
  void productsOfComputedValuesCostAsAttention() {
    Tensor x = image.reshape(image.batch(), 4, image.height().times(image.width()));
    assertThat(products(x.permute(0, 2, 1).matmul(x))).isEqualTo(2 * 99 * 99 * 4);
    assertThat(products(x.einsum("bcn,bcm->bnm", x))).isEqualTo(2 * 99 * 99 * 4);
    Tensor filters = image.mean(2, 3).mean(0);
    assertThat(products(image.conv(filters, null, Window.of(1)))).isEqualTo(2 * 9 * 11 * 4);
  }

  @Test
  void productsThatAMaskThrowsAwayAreTakenBack() {
    Tensor x = image.reshape(image.batch(), 4, image.height().times(image.width()));
    Tensor scores = x.permute(0, 2, 1).matmul(x);
    Tensor masked = scores.sparing(scores.batch().times(scores.dim(1)).times(4));
    assertThat(masked.shape()).isEqualTo(scores.shape());
    assertThat(products(scores) + products(masked)).isEqualTo(2 * 99 * 98 * 4);
  }

  @Test
  void theRestIsFree() {
    assertThat(((Node) image.relu()).cost()).isInstanceOf(Cost.Free.class);
    assertThat(((Node) image.einsum("bchw->bhwc")).cost()).isInstanceOf(Cost.Free.class);
  }

  @Test
  void anErrorGetsItsPlaceOnceWhateverItsWords() {
    for (String words : List.of("aspp needs a map", "aspp: no map", "aspp.rates is []", "no map")) {
      assertThatThrownBy(() -> graph.stage("aspp", () -> refuse(words)))
          .hasMessageMatching("aspp \\S+:\\d+: " + Pattern.quote(words) + "\\.");
    }
    Origin origin = new Origin("aspp", "Aspp.java:3");
    assertThatThrownBy(
            () ->
                graph.stage(
                    "aspp",
                    () -> {
                      throw graph.placed(origin, "no map.", null);
                    }))
        .hasMessage("aspp Aspp.java:3: no map.");
    Tensor flat = image.reshape(image.batch(), 4, image.height().times(image.width()));
    assertThatThrownBy(
            () -> graph.extended().stage("aspp", () -> image.conv(flat, null, Window.of(1))))
        .hasMessageMatching("aspp \\w+\\.java:\\d+: a convolution needs a weight .*");
  }

  private static Tensor refuse(String words) {
    throw new InlayException(words);
  }
}
