package dev.inlay.plugins.deeplabv3plus;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.NetworkFigures;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeepLabV3PlusTest implements TechniqueContract<DeepLabV3Plus.Options> {

  @Override
  public DeepLabV3Plus technique() {
    return new DeepLabV3Plus();
  }

  @Override
  public List<String> samples() {
    return List.of("", "map=1, fineChannels=5, channels=6, dropout=0, alignCorners=true");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of("fineChannels=0, map=2", "fineChannels=0");
  }

  @Override
  public List<String> refused() {
    return List.of("map=4", "map=-5", "fineChannels=-1", "channels=-1", "dropout=1");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("sepaspphead")
        .with(
            "aspp(rates=[12, 24, 36], channels=16, separable=true) | deeplabv3plus(fineChannels=8)")
        .matches();
  }

  /** The reference's own coarse map is 14x16, where rates of 24 and 36 have no tap inside it. */
  @Test
  void isTheReferenceOnAMapThatShowsEveryRate() {
    GoldenFile.resource("sepaspphead_large")
        .with(
            "aspp(rates=[12, 24, 36], channels=4, separable=true, alignCorners=true)"
                + " | deeplabv3plus(fineChannels=3, alignCorners=true)")
        .matches();
  }

  @Test
  void isTheReferenceWithoutAFinerMap() {
    GoldenFile.resource("sepaspphead_alone")
        .with(
            "aspp(rates=[2, 6], pointwise=false, channels=4, separable=true, alignCorners=true)"
                + " | deeplabv3plus(fineChannels=0)")
        .matches();
  }

  @Test
  void isTheReferenceInANetwork() {
    GoldenFile.shared("net_deeplabv3plus_r18_d8")
        .with(
            "resnet18(width=6, stemChannels=12) | auxiliary(channels=8)"
                + " | aspp(rates=[12, 24, 36], channels=16, separable=true)"
                + " | deeplabv3plus(fineChannels=5)")
        .matches();
  }

  @Test
  void hasAsManyParametersAsTheReference() {
    NetworkFigures.of("deeplabv3plus_r50-d8", 19)
        .haveParameters(43_589_878, 41_225_187)
        .haveMultiplyAdds("352.32", "0.00", 512, 1024);
  }
}
