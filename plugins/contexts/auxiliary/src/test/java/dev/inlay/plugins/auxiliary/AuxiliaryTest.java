package dev.inlay.plugins.auxiliary;

import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import java.util.Map;

final class AuxiliaryTest implements TechniqueContract<Auxiliary.Options> {

  @Override
  public Auxiliary technique() {
    return new Auxiliary();
  }

  @Override
  public List<String> samples() {
    return List.of("", "map=1, channels=6, convs=2, dilation=3, weight=1, dropout=0");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of("convs=0, channels=8, dilation=6", "convs=0");
  }

  @Override
  public List<String> refused() {
    return List.of(
        "map=4", "map=-5", "channels=-1", "convs=-1", "dilation=0", "weight=-0.1", "dropout=1");
  }
}
