package dev.inlay.plugins.omnirange;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.fixtures.ClassPathTechniques;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.spec.NetworkSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OmniRangeTest implements TechniqueContract<OmniRange.Options> {

  @Override
  public OmniRange technique() {
    return new OmniRange();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "",
        "channels=8, grid=[1, 1]",
        "channels=8, keyChannels=3, grid=[3, 2], reweigh=value, normalise=max",
        "channels=6, grid=[2, 4], reweigh=feature, normalise=softmax");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=-1",
        "keyChannels=-1",
        "grid=[0, 2]",
        "grid=[2]",
        "grid=[2, 2, 2]",
        "reweigh=keys",
        "normalise=mean");
  }

  /** The values of omni_range_loops are written out pixel by pixel, in double precision. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "omni_range         | channels=16, keyChannels=2",
        "omni_range_value   | channels=12, keyChannels=3, reweigh=value",
        "omni_range_feature | channels=10, keyChannels=2, reweigh=feature",
        "omni_range_max     | channels=10, keyChannels=3, normalise=max",
        "omni_range_softmax | channels=12, keyChannels=2, normalise=softmax",
        "omni_range_loops   | channels=6, keyChannels=2, grid=[3, 2], reweigh=value, normalise=max"
      })
  void isTheReference(String file, String options) {
    GoldenFile.resource(file)
        .with("omni-range(%s) | given-classifier".formatted(options))
        .renaming("classifier.", "conv_seg.")
        .matches();
  }

  @Test
  void refusesACropWithFewerRowsThanTheGrid() {
    String spec = "given(channels=[8], strides=[8]) | omni-range(grid=[4, 3]) | given-classifier";
    Assembly network = Assembly.of(NetworkSpec.parse(spec, ClassPathTechniques.all()), 3);
    network.requireCrop(32, 32);
    assertThatThrownBy(() -> network.requireCrop(24, 32))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "'omni-range' has a grid of [4, 3] patches, but a crop of 24x32 gives a map of 3x4. Take"
                + " a larger crop, a backbone of a smaller stride or a grid of fewer patches.");
  }
}
