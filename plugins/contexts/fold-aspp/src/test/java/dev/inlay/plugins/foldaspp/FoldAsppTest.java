package dev.inlay.plugins.foldaspp;

import dev.inlay.Features;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FoldAsppTest implements TechniqueContract<FoldAspp.Options> {

  @Override
  public FoldAspp technique() {
    return new FoldAspp();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "", "channels=5, rates=[1, 2], window=3", "channels=6, rates=[2, 1], window=1, gate=true");
  }

  @Override
  public List<String> refused() {
    return List.of("channels=-1", "rates=[]", "rates=[1, 0]", "window=0");
  }

  @Test
  void isTheAuthorsModule() {
    GoldenFile.resource("foldconv_aspp")
        .with((given, scope) -> part("module", "channels=8, rates=[1, 2, 4, 6]", given, scope))
        .matches();
  }

  /** Sides of 41 and 45 are no whole windows. */
  @Test
  void isAHeadWithTheRatesOfSegmentation() {
    GoldenFile.resource("fold_aspp_head")
        .with("fold-aspp(channels=6) | given-classifier")
        .matches();
  }

  private static List<Tensor> part(String name, String options, List<Tensor> maps, Scope scope) {
    Features given =
        new Features(maps.get(0), 1, maps, maps.stream().map(map -> 8).toList(), Map.of());
    FoldAspp.Options read = Technique.options(FoldAspp.class, options);
    Part<FoldAspp.Options> part = new FoldAspp().parts().get(name);
    return part.build(read, Map.of("mids", "[12, 8]", "out", "10"), given, scope);
  }

  @Test
  void itsGateUnitIsGateNets() {
    GoldenFile.resource("gatenet_gate")
        .with((given, scope) -> part("gate", "gate=true", given, scope))
        .renaming("attention_feature2.", "gate.")
        .renaming("output2.", "gated.")
        .matches();
  }
}
