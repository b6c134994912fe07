package dev.inlay.plugins.resnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.fixtures.GoldenComparison;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
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
        "depth=50, width=2, stemChannels=6, multiGrid=[1, 2, 4]");
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
        "multiGrid=[1, 0, 1]");
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

  private static void matches(String golden, String spec) {
    assertThat(GoldenFile.resource(golden).with(spec).matches())
        .isLessThanOrEqualTo(GoldenComparison.TOLERANCE);
  }
}
