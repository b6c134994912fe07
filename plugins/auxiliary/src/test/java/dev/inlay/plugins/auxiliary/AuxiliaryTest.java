package dev.inlay.plugins.auxiliary;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.NetworkFigures;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

  @Test
  void isTheReferenceBesideFcn() {
    GoldenFile.shared("net_fcn_r18_d8")
        .with(
            "resnet18(width=6, stemChannels=12) | auxiliary(channels=8)"
                + " | fcn(convs=2, channels=16, concat=true)")
        .matches();
  }

  /** FastFCN's backbone both strides and dilates; its auxiliary head sees the third stage. */
  @Test
  void isTheReferenceOnAStridedDilatedBackbone() {
    GoldenFile.shared("net_fastfcn_r18_jpu_psp")
        .with(
            "resnet18(width=6, stemChannels=12, stride=32, dilations=[1, 1, 2, 4])"
                + " | auxiliary(channels=8)")
        .without("state.neck.")
        .without("state.decode_head.")
        .matches();
  }

  @Test
  void hasAsManyParametersAsTheReference() {
    NetworkFigures.of("fcn_r50-d8", 19)
        .haveParameters(49_497_734, 47_133_043)
        .haveMultiplyAdds("395.20", "0.00", 512, 1024);
  }

  @Test
  void isPartOfTheNetworkOfTorchvision() {
    NetworkFigures.of("resnet50(stem=plain) | auxiliary | fcn(convs=1)", 21)
        .haveParameters(35_322_218, 32_957_013);
  }
}
