package dev.inlay.plugins.dualgraph;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DualGraphTest implements TechniqueContract<DualGraph.Options> {

  private static final DualGraph.Options MODULE = new DualGraph.Options(32, 4);

  @Override
  public DualGraph technique() {
    return new DualGraph();
  }

  @Override
  public List<String> samples() {
    return List.of("channels=8", "channels=6, ratio=2");
  }

  @Override
  public List<String> refused() {
    return List.of("channels=1", "ratio=0", "ratio=513");
  }

  @Test
  void isTheReferenceInItsCoordinateGraph() {
    GoldenFile.resource("dgcn_spatial")
        .with((given, scope) -> List.of(DualGraph.coordinateGraph(given.get(0), scope)))
        .matches();
  }

  @Test
  void isTheReferenceInBothGraphs() {
    GoldenFile.resource("dgcn_dual")
        .with((given, scope) -> List.of(DualGraph.bothGraphs(MODULE, given.get(0), scope)))
        .matches();
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("dgcn_head")
        .with("dual-graph(channels=24) | given-classifier")
        .renaming("bottleneck.3.", "conv_seg.")
        .matches();
  }
}
