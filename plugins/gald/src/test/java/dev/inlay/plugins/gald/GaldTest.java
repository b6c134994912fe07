package dev.inlay.plugins.gald;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.NetworkFigures;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GaldTest implements TechniqueContract<Gald.Options> {

  private static final Gald.Options MODULE = new Gald.Options(32, Aggregation.CGNL, 0, 8, false, 3);

  @Override
  public Gald technique() {
    return new Gald();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "channels=16, groups=4",
        "channels=16, groups=1, scale=true, localSteps=1",
        "channels=8, aggregation=non-local, localSteps=2",
        "channels=8, aggregation=ppm, localSteps=0",
        "channels=8, aggregation=aspp, localSteps=1",
        "channels=8, aggregation=none");
  }

  @Override
  public List<String> refused() {
    return List.of("channels=1", "groups=0", "groups=3", "localSteps=-1", "aggregation=most");
  }

  @Override
  public List<int[]> imageSizes() {
    return List.of(new int[] {512, 544}, new int[] {515, 499});
  }

  @Test
  void isTheReferenceInItsAggregation() {
    GoldenFile.resource("gald_cgnl")
        .with((given, scope) -> List.of(Aggregation.CGNL.gather(MODULE, given.get(0), scope)))
        .matches();
  }

  @Test
  void isTheReferenceInItsDistribution() {
    GoldenFile.resource("gald_local")
        .with((given, scope) -> List.of(Gald.distribute(MODULE, given.get(0), scope)))
        .matches();
  }

  @Test
  void isTheReferenceInOneBlock() {
    GoldenFile.resource("gald_block")
        .with((given, scope) -> List.of(Gald.block(MODULE, given.get(0), scope)))
        .matches();
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("gald_head")
        .with("gald(channels=32) | fcn")
        .renaming("bottleneck.3.", "conv_seg.")
        .matches();
  }

  /** As many as the layers of the authors' code add up to; nobody prints the number. */
  @Test
  void hasAsManyParametersAsItsLayersAddUpTo() {
    NetworkFigures.of("gald_r50-d8", 19).haveParameters(52_297_606, 47_568_243);
  }
}
