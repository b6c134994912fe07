package dev.inlay.plugins.aspp;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AsppTest implements TechniqueContract<Aspp.Options> {

  @Override
  public Aspp technique() {
    return new Aspp();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "rates=[1, 2], channels=6",
        "rates=[1, 2], channels=6, separable=true",
        "rates=[2], channels=4, poolFirst=false, kernel=1",
        "rates=[2, 3], channels=6, pointwise=false, imagePool=false, alignCorners=true",
        "rates=[2, 3], channels=4, smoothing=separable-and-shared",
        "rates=[1, 3], channels=4, smoothing=group-interaction",
        "rates=[2], channels=4, separable=true, smoothing=group-interaction");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of(
        "rates=[1, 6, 12, 18], pointwise=false", "",
        "rates=[1, 6, 12, 18]", "",
        "rates=[6, 1], pointwise=false", "rates=[6, 1]",
        "rates=[1], separable=true", "rates=[1]",
        "rates=[1], smoothing=group-interaction", "rates=[1]",
        "imagePool=false, poolFirst=false, alignCorners=true", "imagePool=false");
  }

  @Override
  public List<String> refused() {
    return List.of("rates=[]", "rates=[6, 0]", "channels=0", "kernel=2", "smoothing=gaussian");
  }

  @Override
  public List<int[]> imageSizes() {
    return List.of(new int[] {128, 192}, new int[] {135, 149});
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("aspphead").with("aspp(channels=16) | given-classifier").matches();
  }

  /** The reference's own case is 14x16, where rates of 16 and more have no tap inside the map. */
  @Test
  void isTheReferenceOnAMapThatShowsEveryRate() {
    GoldenFile.resource("aspphead_large").with("aspp(channels=4) | given-classifier").matches();
  }

  @Test
  void joinsTheImagesMeanLastWhereWeightsWantThat() {
    GoldenFile.resource("aspp_pool_last")
        .with("aspp(rates=[12, 24, 36], channels=3, poolFirst=false, kernel=1) | given-classifier")
        .matches();
  }
}
