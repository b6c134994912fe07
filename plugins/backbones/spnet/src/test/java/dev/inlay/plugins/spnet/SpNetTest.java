package dev.inlay.plugins.spnet;

import dev.inlay.Scope;
import dev.inlay.Smoothing;
import dev.inlay.Tensor;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import dev.inlay.plugins.resnet.ResNet;
import dev.inlay.plugins.resnet.ResidualStages;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SpNetTest implements TechniqueContract<SpNet.Options> {

  @Override
  public SpNet technique() {
    return new SpNet();
  }

  @Override
  public List<String> samples() {
    return List.of("width=4", "width=2, stride=16, stemChannels=6, multiGrid=[]");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of("stemChannels=128", "");
  }

  @Override
  public List<String> refused() {
    return List.of("depth=18", "stride=4", "width=1", "stemChannels=1", "multiGrid=[4, 8]");
  }

  @Test
  void isTheReferenceInOneModule() {
    GoldenFile.resource("spnet_spm")
        .with((inputs, scope) -> List.of(SpNet.strips(inputs.get(0), 32, scope)))
        .matches();
  }

  @Test
  void isTheReferenceInABlock() {
    GoldenFile.resource("spnet_bottleneck")
        .with((inputs, scope) -> List.of(lastBlock(inputs.get(0), scope)))
        .matches();
  }

  private static Tensor lastBlock(Tensor x, Scope scope) {
    ResNet.Options dilated =
        new ResNet.Options(
            50,
            32,
            ResNet.Stem.V1C,
            8,
            8,
            ResNet.Style.PYTORCH,
            true,
            List.of(2, 2, 2, 2),
            List.of(),
            List.of(),
            false,
            Smoothing.NONE);
    return new ResidualStages(dilated, SpNet::gate)
        .block(x, new ResidualStages.Place(0, 2, true), scope);
  }
}
