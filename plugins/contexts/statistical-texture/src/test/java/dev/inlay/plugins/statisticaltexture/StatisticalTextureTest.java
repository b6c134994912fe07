package dev.inlay.plugins.statisticaltexture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.fixtures.ClassPathTechniques;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.spec.NetworkSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatisticalTextureTest implements TechniqueContract<StatisticalTexture.Options> {

  private static final List<Integer> SCALES = List.of(1, 2, 3, 6);

  @Override
  public StatisticalTexture technique() {
    return new StatisticalTexture();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "levels=16",
        "maps=1, channels=6, countChannels=3, levels=5, pairLevels=3, scales=[2]",
        "channels=7, levels=2, pairLevels=2, scales=[1, 4]");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "maps=0",
        "channels=-1",
        "channels=1",
        "countChannels=-1",
        "levels=1",
        "pairLevels=1",
        "scales=[]",
        "scales=[0]",
        "scales=[2, 2]");
  }

  @ParameterizedTest
  @CsvSource({
    "stlnet_qco1d, count, 32, 16, 16, 8",
    "stlnet_tem, enhance, 32, 16, 16, 8",
    "stlnet_ptfem, extract, 16, 8, 128, 6",
    "stlnet_stl, learn, 16, 8, 12, 6"
  })
  void isTheReference(
      String file, String part, int channels, int countChannels, int levels, int pairLevels) {
    compare(
        file,
        part,
        new StatisticalTexture.Options(2, channels, countChannels, levels, pairLevels, SCALES));
  }

  @Test
  void isTheReferenceInCountingPairs() {
    compare(
        "stlnet_qco2d",
        "countPairs",
        new StatisticalTexture.Options(2, 24, 12, 128, 8, List.of(3)));
  }

  /** The values are written out pixel by pixel and pair by pair, in double precision. */
  @Test
  void isTheDefinitionOfPairsOnSidesThatAreNoMultiples() {
    compare(
        "stlnet_pairs_loops",
        "countPairs",
        new StatisticalTexture.Options(2, 6, 3, 128, 4, List.of(3)));
  }

  @Test
  void isTheDefinitionOfPairsOnMapsWithFewerRowsThanLevels() {
    compare(
        "stlnet_pairs_loops_small",
        "countPairs",
        new StatisticalTexture.Options(2, 6, 3, 128, 8, List.of(2)));
  }

  @Test
  void refusesMoreMapsThanThereAre() {
    String spec = "given(channels=[8], strides=[8]) | statistical-texture | given-classifier";
    NetworkSpec network = NetworkSpec.parse(spec, ClassPathTechniques.all());
    assertThatThrownBy(() -> Assembly.of(network, 3))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("maps is 2, but the stages before made only 1; lower maps");
  }

  private void compare(String file, String part, StatisticalTexture.Options options) {
    GoldenFile.resource(file)
        .with(
            (given, scope) -> {
              Tensor map = given.get(0);
              Features input = new Features(map, 3, List.of(map), List.of(8), Map.of());
              return Objects.requireNonNull(technique().parts().get(part))
                  .build(options, input, scope);
            })
        .matches();
  }
}
