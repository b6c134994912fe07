package dev.inlay.plugins.deeplabv3plus;

import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import java.util.Map;

final class DeepLabV3PlusTest implements TechniqueContract<DeepLabV3Plus.Options> {

  @Override
  public DeepLabV3Plus technique() {
    return new DeepLabV3Plus();
  }

  @Override
  public List<String> samples() {
    return List.of("", "map=1, fineChannels=5, channels=6, dropout=0, alignCorners=true");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of("fineChannels=0, map=2", "fineChannels=0");
  }

  @Override
  public List<String> refused() {
    return List.of("map=4", "map=-5", "fineChannels=-1", "channels=-1", "dropout=1");
  }
}
