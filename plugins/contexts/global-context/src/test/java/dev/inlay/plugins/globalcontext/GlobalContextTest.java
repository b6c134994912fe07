package dev.inlay.plugins.globalcontext;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.plugins.globalcontext.GlobalContext.Fusion;
import dev.inlay.plugins.globalcontext.GlobalContext.Pooling;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GlobalContextTest implements TechniqueContract<GlobalContext.Options> {

  @Override
  public GlobalContext technique() {
    return new GlobalContext();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "channels=16",
        "channels=8, ratio=0.5, pooling=average, fusions=[multiply], concat=false",
        "channels=6, ratio=1.5, fusions=[multiply, add], kernel=1",
        "channels=8, ratio=0.5, pooling=average, dilation=2");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of(
        "fusions=[add, multiply]", "fusions=[multiply, add]",
        "fusions=[add, add]", "fusions=[add]",
        "kernel=1, dilation=2", "kernel=1");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "channels=-1",
        "ratio=0",
        "pooling=max",
        "fusions=[]",
        "fusions=[concat]",
        "kernel=2",
        "dilation=0");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("gchead").with("global-context(channels=16) | given-classifier").matches();
  }

  @Test
  void isTheReferenceThatWeightsChannelsByTheMean() {
    GoldenFile.resource("gchead_avg")
        .with(
            "global-context(channels=8, ratio=0.5, pooling=average, fusions=[multiply])"
                + " | given-classifier")
        .matches();
  }

  /** The values are those of the block's equations, written out channel by channel. */
  @Test
  void weightsChannelsBeforeItAdds() {
    GoldenFile.resource("gc_multiply_add")
        .with(
            (given, scope) -> {
              List<Fusion> both = List.of(Fusion.ADD, Fusion.MULTIPLY);
              GlobalContext.Options options =
                  new GlobalContext.Options(0, 0.7, Pooling.ATTENTION, both, true, 3, 1);
              return List.of(GlobalContext.block(options, given.get(0), scope));
            })
        .matches();
  }

  /** The values are those of the block's equations, written out channel by channel. */
  @Test
  void addsTheTransformedMean() {
    GoldenFile.resource("gc_average_add")
        .with(
            (given, scope) -> {
              GlobalContext.Options options =
                  new GlobalContext.Options(
                      0, 1.25, Pooling.AVERAGE, List.of(Fusion.ADD), true, 3, 1);
              return List.of(GlobalContext.block(options, given.get(0), scope));
            })
        .matches();
  }
}
