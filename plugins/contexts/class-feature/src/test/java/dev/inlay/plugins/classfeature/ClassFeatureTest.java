package dev.inlay.plugins.classfeature;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClassFeatureTest implements TechniqueContract<ClassFeature.Options> {

  @Override
  public ClassFeature technique() {
    return new ClassFeature();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "channels=8",
        "channels=8, coarseChannels=5, weight=1, dropout=0, pixelDropout=0.2",
        "channels=8, centres=channel-softmax");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=-1",
        "coarseChannels=-1",
        "centres=median",
        "weight=-0.1",
        "dropout=1",
        "pixelDropout=1");
  }

  @Test
  void isTheThirdPartysCodeWithItsCentres() {
    ClassFeature.Options options =
        new ClassFeature.Options(16, 0, Centres.CHANNEL_SOFTMAX, 0.6, 0.1, 0);
    GoldenFile.resource("acf_module")
        .with(
            (maps, scope) ->
                List.of(
                    ClassFeature.classFeatures(
                        options, maps.get(0), maps.get(1), 16, scope.at("acf"))))
        .matches();
  }

  /**
   * The values were computed apart from any framework, by loops over the pixels and classes of the
   * paper's sums.
   */
  @Test
  void isThePapersMeanOfEachClass() {
    ClassFeature.Options options = new ClassFeature.Options(5, 0, Centres.MEAN, 0.6, 0.1, 0);
    GoldenFile.resource("acf_mean")
        .with(
            (maps, scope) ->
                List.of(
                    ClassFeature.classFeatures(
                        options, maps.get(0), maps.get(1), 5, scope.at("acf"))))
        .matches();
  }
}
