package dev.inlay.plugins.dcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Dim;
import dev.inlay.Tensor;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.graph.Graph;
import dev.inlay.torch.GraphRunner;
import dev.inlay.torch.HostArray;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DcmTest implements TechniqueContract<Dcm.Options> {

  private static final long[] SHAPE = {2, 1, 2, 2};

  @Override
  public Dcm technique() {
    return new Dcm();
  }

  @Override
  public List<String> samples() {
    return List.of("", "filters=[2, 3, 4], channels=6, fusion=true");
  }

  @Override
  public List<String> refused() {
    return List.of("filters=[]", "filters=[3, 0]", "channels=-1");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("dmhead").with("dcm(channels=16) | given-classifier").matches();
  }

  /** Each image has its own filter; one of an even size reaches up and left. */
  @Test
  void slidesEvenFilters() {
    Graph graph = new Graph();
    Tensor filters = graph.input("filters", Tensor.Type.FLOAT, sizes());
    Tensor map = graph.input("map", Tensor.Type.FLOAT, sizes());
    HostArray sums = new HostArray(SHAPE, new float[] {1000, 100, 10, 1, 0, 0, 0, 2});
    HostArray values = new HostArray(SHAPE, new float[] {1, 2, 3, 4, 1, 2, 3, 4});
    List<HostArray> made =
        GraphRunner.run(
            graph,
            List.of(Dcm.slide(filters, map)),
            ProgramOptions.INFERENCE,
            Map.of(),
            Map.of("filters", sums, "map", values));
    assertThat(made.get(0).values()).containsExactly(1, 12, 103, 1234, 2, 4, 6, 8);
  }

  private static Dim[] sizes() {
    return new Dim[] {Dim.symbol("B"), Dim.of(1), Dim.of(2), Dim.of(2)};
  }
}
