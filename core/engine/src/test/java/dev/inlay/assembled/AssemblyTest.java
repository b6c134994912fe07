package dev.inlay.assembled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Backbone;
import dev.inlay.Decoder;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Named;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.assemble.Assembly;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/**
 * Stages are held to what they claim, and errors say which block of a stage they are about. Lines
 * of the package that assembles are none of an author, so this test lives elsewhere.
 */
final class AssemblyTest {

  /** There are none. */
  public record Options() {}

  /** A backbone that the test describes. */
  @Named(value = "deep", says = "A backbone of the test.")
  private static final class Deep implements Backbone<Options> {
    private final BiFunction<Features, Scope, Features> body;

    Deep(BiFunction<Features, Scope, Features> body) {
      this.body = body;
    }

    @Override
    public Features build(Options options, Features input, Scope scope) {
      return body.apply(input, scope);
    }
  }

  /** The simplest decoder. */
  @Named(value = "classes", says = "A classifier.")
  private static final class Classes implements Decoder<Options> {
    @Override
    public Tensor build(Options options, Features input, Scope scope) {
      return scope.classify("conv_seg", input.last(), input.classes(), 0);
    }
  }

  private static Assembly assembled(BiFunction<Features, Scope, Features> body) {
    List<Technique<?>> all = List.of(new Deep(body), new Classes());
    Techniques techniques =
        Techniques.of(all.stream().map(each -> new Techniques.Entry(each, "the test")).toList());
    return Assembly.of(NetworkSpec.parse("deep | classes", techniques), 3);
  }

  private static Assembly withMap(BiFunction<Features, Scope, Tensor> map, int stride) {
    return assembled(
        (input, scope) -> input.withMaps(List.of(map.apply(input, scope)), List.of(stride)));
  }

  private static Tensor halved(Features input, Scope scope, int times) {
    Tensor x = input.image();
    for (int i = 0; i < times; i++) {
      x = scope.at("layers", i).convNormRelu("conv", x, 4, Window.of(3).stride(2));
    }
    return x;
  }

  @Test
  void claimedStridesMustBeThoseOfTheMaps() {
    for (int times = 0; times < 6; times++) {
      int halvings = times;
      int stride = 1 << times;
      assertThat(withMap((input, scope) -> halved(input, scope, halvings), stride).stages())
          .hasSize(2);
    }
    assertThatThrownBy(() -> withMap((input, scope) -> halved(input, scope, 3), 16))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "deep: map 0 claims the stride 16, but its height is ((H + 7) // 8), which is the stride"
                + " 8; hand on the stride that the map has.");
    assertThatThrownBy(
            () ->
                withMap(
                    (input, scope) ->
                        input
                            .image()
                            .resize(input.image().height().times(2), input.image().width(), false),
                    1))
        .hasMessageContaining(
            "claims the stride 1, but its height is 2 * H, which is the stride 1/2");
    assertThatThrownBy(
            () ->
                withMap(
                    (input, scope) ->
                        input
                            .image()
                            .resize(
                                input.image().height(), input.image().width().floorDiv(2), false),
                    1))
        .hasMessageContaining("but its width is ((W) // 2), which is the stride 2");
  }

  @Test
  void paddingChangesNoStrideAndPooledMapsHaveNone() {
    assertThat(
            withMap(
                    (input, scope) -> scope.conv("odd", input.image(), 4, Window.of(7).padding(0)),
                    1)
                .stages())
        .hasSize(2);
    assertThat(
            assembled(
                    (input, scope) ->
                        input.withMaps(
                            List.of(
                                input.image(), input.image().adaptiveAvgPool(Dim.of(6), Dim.of(6))),
                            List.of(1, 64)))
                .stages())
        .hasSize(2);
  }

  @Test
  void mapsAreFloatsOfTheWholeBatch() {
    assertThatThrownBy(
            () ->
                withMap(
                    (input, scope) ->
                        input
                            .image()
                            .reshape(
                                input.image().batch(),
                                Dim.of(3),
                                input.image().height().times(input.image().width())),
                    1))
        .hasMessageContaining("feature maps are FLOAT tensors (B,C,h,w)");
    assertThatThrownBy(() -> withMap((input, scope) -> input.image().permute(2, 1, 0, 3), 1))
        .hasMessageContaining("its first axis must be the batch B of the images");
    assertThatThrownBy(() -> withMap((input, scope) -> input.image().permute(0, 1, 3, 2), 1))
        .hasMessageContaining("map 0 has the height W, which is not of the image's height H");
  }

  @Test
  void errorsNameTheRepeatedBlock() {
    assertThatThrownBy(
            () ->
                withMap(
                    (input, scope) -> {
                      Tensor x = input.image();
                      for (int i = 0; i < 5; i++) {
                        Tensor y =
                            scope.at("blocks", i).convNorm("conv", x, i == 3 ? 5 : 4, Window.of(3));
                        x = i == 0 ? y : x.plus(y);
                      }
                      return x;
                    },
                    1))
        .isInstanceOf(InlayException.class)
        .hasMessageMatching("(?s)deep\\.blocks\\.3 AssemblyTest\\.java:\\d+: .*");
    assertThatThrownBy(
            () ->
                withMap(
                    (input, scope) -> {
                      Tensor x = input.image();
                      for (int i = 0; i < 5; i++) {
                        x =
                            scope
                                .at("blocks", i)
                                .conv("conv", x, 4, Window.of(1).groups(i < 2 ? 1 : 3));
                      }
                      return x;
                    },
                    1))
        .hasMessageMatching("(?s)deep\\.blocks\\.2 AssemblyTest\\.java:\\d+: .*");
    assertThatThrownBy(
            () ->
                withMap(
                    (input, scope) -> scope.conv("conv", input.image(), 4, 3).plus(input.image()),
                    1))
        .hasMessageMatching("(?s)deep AssemblyTest\\.java:\\d+: .*");
  }
}
