package dev.inlay.plugins.strippooling;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.spec.NetworkSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StripPoolingTest implements TechniqueContract<StripPooling.Options> {

  @Override
  public StripPooling technique() {
    return new StripPooling();
  }

  @Override
  public List<String> samples() {
    return List.of("", "channels=8, bins=[3, 2], alignCorners=false");
  }

  @Override
  public List<String> refused() {
    return List.of("channels=3", "bins=[]", "bins=[20]", "bins=[20, 0]");
  }

  @Test
  void isTheReferenceInOneModule() {
    StripPooling.Options options = NetworkSpec.Stage.of(technique()).options();
    GoldenFile.resource("spnet_mpm")
        .with((inputs, scope) -> List.of(StripPooling.mixedPooling(options, inputs.get(0), scope)))
        .matches();
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("spnet_head")
        .with("strip-pooling | given-classifier")
        .renaming("score_layer.4.", "conv_seg.")
        .matches();
  }
}
