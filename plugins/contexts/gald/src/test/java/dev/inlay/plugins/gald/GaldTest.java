package dev.inlay.plugins.gald;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.fixtures.ClassPathTechniques;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.spec.NetworkSpec;
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
        "channels=12, keyChannels=8, groups=4",
        "channels=16, groups=1, scale=true, localSteps=1",
        "channels=8, aggregation=non-local, localSteps=2",
        "channels=8, aggregation=ppm, localSteps=0",
        "channels=8, aggregation=aspp, localSteps=1",
        "channels=6, aggregation=non-local, keyChannels=1",
        "channels=5, aggregation=none");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=0",
        "channels=1, aggregation=non-local",
        "keyChannels=-1",
        "keyChannels=12",
        "groups=0",
        "groups=3",
        "localSteps=-1",
        "aggregation=psp");
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
  void isTheReferenceInItsAggregationOfOtherChannels() {
    Gald.Options options = new Gald.Options(12, Aggregation.CGNL, 8, 4, true, 3);
    GoldenFile.resource("gald_cgnl_planes")
        .with((given, scope) -> List.of(Aggregation.CGNL.gather(options, given.get(0), scope)))
        .matches();
  }

  /** The values are those of the paper's sum over all pixels, written out one by one. */
  @Test
  void isTheNonLocalBlockWhereThatAggregates() {
    Gald.Options options = new Gald.Options(8, Aggregation.NON_LOCAL, 3, 8, false, 3);
    GoldenFile.resource("gald_non_local")
        .with((given, scope) -> List.of(Aggregation.NON_LOCAL.gather(options, given.get(0), scope)))
        .matches();
  }

  /** Three steps leave one pixel of 15 rows, and nothing of 14. */
  @Test
  void refusesACropThatLeavesNothingOfTheMap() {
    String spec = "given(channels=[8, 16], strides=[4, 8]) | gald(channels=16) | given-classifier";
    Assembly network = Assembly.of(NetworkSpec.parse(spec, ClassPathTechniques.all()), 3);
    network.requireCrop(113, 120);
    assertThatThrownBy(() -> network.requireCrop(113, 112))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "'gald' needs a map of 15 rows and columns or more, but a crop of 113x112 gives a map of"
                + " 15x14. Take a larger crop, a backbone of a smaller stride or fewer localSteps.");
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
        .with("gald(channels=32) | given-classifier")
        .renaming("bottleneck.3.", "conv_seg.")
        .matches();
  }
}
