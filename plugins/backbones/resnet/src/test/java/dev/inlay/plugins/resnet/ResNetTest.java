package dev.inlay.plugins.resnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Features;
import dev.inlay.Smoothing;
import dev.inlay.fixtures.GoldenComparison;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ResNetTest implements TechniqueContract<ResNet.Options> {

  @Override
  public ResNet technique() {
    return new ResNet();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "depth=18, width=4, stride=32, stem=plain",
        "depth=50, width=4, stride=16, stem=v1d, style=caffe, contractDilation=false",
        "depth=50, width=2, stemChannels=6, multiGrid=[1, 2, 4]",
        "depth=18, width=2, strides=[2, 1], dilations=[1, 3], averaging=true",
        "depth=50, width=2, smoothing=separable-and-shared",
        "depth=18, width=4, stride=16, smoothing=group-interaction");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of(
        "depth=50, stride=32, strides=[1, 2, 1, 1], dilations=[1, 1, 2, 4], stemChannels=64", "",
        "depth=50, strides=[1, 2, 2, 2], dilations=[1, 1, 2, 4]",
            "stride=32, dilations=[1, 1, 2, 4]",
        "depth=50, strides=[1, 2, 2, 1], multiGrid=[1, 2, 4]", "stride=16, multiGrid=[1, 2, 4]",
        "depth=50, strides=[1, 2, 2, 2], dilations=[1, 1, 1, 1], contractDilation=false",
            "stride=32",
        "depth=50, multiGrid=[2, 4, 4, 4]", "",
        "depth=50, stride=16, multiGrid=[1, 2, 4, 8], contractDilation=false",
            "stride=16, multiGrid=[1, 2, 4]",
        "depth=18, style=caffe, strides=[2, 1, 1, 1], stride=16", "depth=18, strides=[2, 1, 1, 1]",
        "stride=32, smoothing=separable-and-shared", "stride=32",
        "depth=50, averaging=true", "stem=v1d",
        "depth=50, stem=v1d, averaging=true, width=32, stemChannels=32", "stem=v1d, width=32");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "depth=20",
        "stride=4",
        "width=1",
        "stemChannels=1",
        "dilations=[1, 2]",
        "multiGrid=[1, 2]",
        "strides=[1, 2, 0]",
        "strides=[1, 2, 2, 2, 2]",
        "dilations=[1, 1, 2], strides=[1, 2]",
        "multiGrid=[1, 0, 1]",
        "smoothing=gaussian");
  }

  @Test
  void isTheReferencePlainAt18Layers() {
    matches("resnet18", "resnet18(stride=32, stem=plain, width=8, contractDilation=false)");
  }

  @Test
  void isTheReferenceDilatedAt50Layers() {
    matches("resnet50", "resnet50(stride=8, width=4, stemChannels=8)");
  }

  @Test
  void isTheReferenceWithAveragingShortcuts() {
    matches("resnet50_v1d_caffe", "resnet50(stride=32, stem=v1d, width=4, stemChannels=8)");
  }

  @Test
  void isTheReferenceOfThreeStages() {
    assertThat(
            GoldenFile.resource("resnet18_three_stages")
                .with(
                    (inputs, scope) -> {
                      ResNet.Options options =
                          new ResNet.Options(
                              18,
                              32,
                              ResNet.Stem.V1C,
                              3,
                              4,
                              ResNet.Style.PYTORCH,
                              false,
                              List.of(1, 1, 2),
                              List.of(1, 2, 4),
                              List.of(1, 2, 1),
                              true,
                              Smoothing.NONE);
                      Features image = Features.of(inputs.get(0), 1);
                      Features made = technique().build(options, image, scope);
                      assertThat(made.strides()).containsExactly(4, 8, 8);
                      return List.of(made.map(0), made.map(2));
                    })
                .matches())
        .isLessThanOrEqualTo(GoldenComparison.TOLERANCE);
  }

  @Test
  void isTheReferenceThatStridesEarlyAndAverages() {
    matches(
        "resnet50_caffe_averaging",
        "resnet50(strides=[2, 2, 2, 1], dilations=[1, 1, 1, 1], stem=plain, averaging=true,"
            + " style=caffe, width=2, stemChannels=4, contractDilation=false)");
  }

  @Test
  void separableAndSharedSmoothingIsTheAuthors() {
    smoothed("smoothdil_ssc", SmoothedParts.SHARED).matches();
  }

  @Test
  void groupInteractionIsTheAuthors() {
    smoothed("smoothdil_gi", SmoothedParts.INTERACTING).matches();
  }

  private static GoldenComparison smoothed(String file, SmoothedParts part) {
    Map<String, String> theirs = Map.of("out_ch", "16", "kernel", "3", "dilation", "2");
    return GoldenFile.resource(file)
        .with((given, scope) -> List.of(part.build(given.get(0), theirs, scope)))
        .renaming("weights", "conv.weight")
        .renaming("biases", "conv.bias")
        .renaming("fix_w", "conv.smoothing");
  }

  @Test
  void aResidualBlockOfSmoothedConvolutionsIsGcaNets() {
    GoldenFile.resource("smoothdil_block")
        .with(
            (given, scope) ->
                List.of(SmoothedParts.BLOCK.build(given.get(0), Map.of("dilation", "2"), scope)))
        .renaming("pre_conv1.weight", "conv1.smoothing")
        .renaming("pre_conv2.weight", "conv2.smoothing")
        .matches();
  }

  /** What a stage does not stride, its dilation makes up for. */
  @Test
  void dilationsFollowFromStrides() {
    assertThat(dilations(8, List.of())).containsExactly(1, 1, 2, 4);
    assertThat(dilations(16, List.of())).containsExactly(1, 1, 1, 2);
    assertThat(dilations(32, List.of())).containsExactly(1, 1, 1, 1);
    assertThat(dilations(8, List.of(1, 1, 2))).containsExactly(1, 2, 2);
    assertThat(dilations(8, List.of(2, 2, 2, 2))).containsExactly(1, 1, 1, 1);
  }

  private static List<Integer> dilations(int stride, List<Integer> strides) {
    ResNet.Options options =
        new ResNet.Options(
            18,
            stride,
            ResNet.Stem.V1C,
            4,
            4,
            ResNet.Style.PYTORCH,
            true,
            List.of(),
            List.of(),
            strides,
            false,
            Smoothing.NONE);
    return IntStream.range(0, options.stages()).mapToObj(options::stageDilation).toList();
  }

  private static void matches(String golden, String spec) {
    assertThat(GoldenFile.resource(golden).with(spec).matches())
        .isLessThanOrEqualTo(GoldenComparison.TOLERANCE);
  }
}
