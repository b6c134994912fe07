package dev.inlay.plugins.hybridattention;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.fixtures.ClassPathTechniques;
import dev.inlay.fixtures.GoldenComparison;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.spec.NetworkSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class HybridAttentionTest implements TechniqueContract<HybridAttention.Options> {

  @Override
  public HybridAttention technique() {
    return new HybridAttention();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "channels=16, regions=[2, 3]",
        "channels=8, alpha=2, regions=[2, 2], mode=sequential, weight=1",
        "channels=8, keyChannels=3, classChannels=5, alpha=4, regions=[2, 2], queries=pixel",
        "channels=8, alpha=4, regions=[3, 2], form=plain");
  }

  /** On smaller maps of the last stride, a region is one pixel: places have nothing to compare. */
  @Override
  public List<int[]> imageSizes() {
    return List.of(new int[] {272, 304}, new int[] {307, 275});
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=-1",
        "keyChannels=-1",
        "classChannels=-1",
        "alpha=0",
        "regions=[8]",
        "regions=[0, 8]",
        "mode=both",
        "queries=region",
        "form=sigmoid",
        "weight=-0.1");
  }

  @Test
  void isTheReadingOfRegionShuffleAttention() {
    part("hybrid_rsa", "regions", options(16, 2, 0, List.of(8, 8)), 5).matches();
  }

  @Test
  void isTheReadingOfRegionShuffleAttentionInSequence() {
    HybridAttention.Options options =
        new HybridAttention.Options(
            16, 2, 0, 4, List.of(4, 4), Mode.SEQUENTIAL, Queries.TOKEN, Form.SE, 0.4);
    part("hybrid_rsa_sequential", "regions", options, 5).matches();
  }

  @Test
  void isTheReadingOfRegionShuffleAttentionOfPixels() {
    HybridAttention.Options options =
        new HybridAttention.Options(
            16, 2, 0, 4, List.of(4, 5), Mode.PARALLEL, Queries.PIXEL, Form.SE, 0.4);
    part("hybrid_rsa_pixel", "regions", options, 5).matches();
  }

  @Test
  void isTheReadingOfClassAugmentedAttention() {
    part("hybrid_caa", "classes", options(12, 0, 14, List.of(8, 8)), 6).matches();
  }

  @Test
  void isTheReadingOfTheHead() {
    part("hybrid_head", "head", options(16, 2, 10, List.of(4, 4)), 5).matches();
  }

  @Test
  void isTheThirdPartysClassAugmentedAttentionInItsForm() {
    HybridAttention.Options options =
        new HybridAttention.Options(
            16, 0, 20, 4, List.of(8, 8), Mode.PARALLEL, Queries.TOKEN, Form.PLAIN, 0.4);
    GoldenComparison comparison = part("hmanet_caa", "plainClasses", options, 6);
    List<String> names = List.of("reduce", "class_map", "feature", "restore", "fuse");
    for (int i = 0; i < names.size(); i++) {
      comparison.renaming("convblock_" + (i + 1) + ".conv1.", names.get(i) + ".0.");
      comparison.renaming("convblock_" + (i + 1) + ".bn.", names.get(i) + ".1.");
    }
    comparison
        .renaming("CCA.layers_1.", "weigh.expand.")
        .renaming("CCA.layers_2.", "weigh.contract.")
        .matches();
  }

  @Test
  void refusesACropWithFewerPixelsThanRegions() {
    String spec = "given(channels=[8, 16], strides=[4, 8]) | hybrid-attention | given-classifier";
    Assembly network = Assembly.of(NetworkSpec.parse(spec, ClassPathTechniques.all()), 3);
    network.requireCrop(64, 64);
    assertThatThrownBy(() -> network.requireCrop(64, 56))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "'hybrid-attention' with regions=[8, 8] needs a map of 8x8 or more, but a crop of 64x56"
                + " gives a map of 8x7. Take a larger crop, a backbone of a smaller stride or fewer"
                + " regions.");
  }

  private static HybridAttention.Options options(
      int channels, int keys, int ofClasses, List<Integer> regions) {
    return new HybridAttention.Options(
        channels, keys, ofClasses, 4, regions, Mode.PARALLEL, Queries.TOKEN, Form.SE, 0.4);
  }

  private GoldenComparison part(
      String file, String part, HybridAttention.Options options, int classes) {
    return GoldenFile.resource(file)
        .with(
            (maps, scope) -> {
              Features input = new Features(maps.get(0), classes, maps, List.of(8), Map.of());
              return Objects.requireNonNull(technique().parts().get(part))
                  .build(options, input, scope);
            });
  }
}
