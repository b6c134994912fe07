package dev.inlay.plugins.dualgraph;

import dev.inlay.Reference;
import java.util.List;

/** What the authors' code calls {@link DualGraph}'s options and parameters. */
final class DualGraphReferences {

  private DualGraphReferences() {}

  static List<Reference<DualGraph.Options>> all() {
    return List.of(head(), bothGraphs(), coordinateGraph());
  }

  private static Reference<DualGraph.Options> head() {
    return Reference.<DualGraph.Options>of(
            "DualGCNNet.py:DualGCNHead",
            "dual-graph(channels={interplanes}, ratio={ratio=4}) | fcn")
        .ignoring("inplanes")
        .renaming("bottleneck.3.", "conv_seg.");
  }

  private static Reference<DualGraph.Options> bothGraphs() {
    return Reference.of(
        "DualGCNNet.py:DualGCN",
        "dual-graph(channels={planes}, ratio={ratio=4})",
        (options, x, scope) -> List.of(DualGraph.bothGraphs(options, x.last(), scope)));
  }

  private static Reference<DualGraph.Options> coordinateGraph() {
    return Reference.of(
        "DualGCNNet.py:SpatialGCN",
        "dual-graph(channels={plane}, ratio=1)",
        (options, x, scope) -> List.of(DualGraph.coordinateGraph(x.last(), scope)));
  }
}
