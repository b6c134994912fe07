package dev.inlay.plugins.lowrank;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LowRankTest implements TechniqueContract<LowRank.Options> {

  @Override
  public LowRank technique() {
    return new LowRank();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "channels=8, rank=4, size=[5, 6]",
        "rank=1, size=[8, 16], outChannels=7, crossed=false",
        "channels=4, rank=3, size=[1, 1], learnedWeights=true");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=-1", "outChannels=-1", "rank=0", "size=[0, 8]", "size=[8]", "size=[8, 8, 8]");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("reconet_head")
        .with("low-rank(channels=24, rank=8, size=[16, 16]) | given-classifier")
        .renaming("conv6.4.", "conv_seg.")
        .matches();
  }

  @Test
  void isTheReferenceInItsTensors() {
    part("reconet_tgm_trm", new LowRank.Options(32, 8, List.of(16, 16), 0, true, false));
  }

  /** The values are written out value by value, in double precision. */
  @Test
  void isTheDefinitionOnMapsThatAreNotSquare() {
    part("reconet_loops", new LowRank.Options(5, 3, List.of(4, 7), 0, true, false));
  }

  @Test
  void isTheDefinitionWithTheMeansOfRowsOnRows() {
    part("reconet_loops_straight", new LowRank.Options(5, 3, List.of(4, 7), 0, false, true));
  }

  /** The means are taken over bins, and the vectors interpolated. */
  @Test
  void isTheDefinitionOnMapsOfAnotherSize() {
    part("reconet_loops_resized", new LowRank.Options(4, 2, List.of(4, 6), 0, true, false));
  }

  private void part(String file, LowRank.Options options) {
    GoldenFile.resource(file)
        .with((given, scope) -> List.of(LowRank.reconstruct(options, given.get(0), scope)))
        .matches();
  }
}
