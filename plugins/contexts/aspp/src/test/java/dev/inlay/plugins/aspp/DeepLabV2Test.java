package dev.inlay.plugins.aspp;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeepLabV2Test implements TechniqueContract<DeepLabV2.Options> {

  @Override
  public DeepLabV2 technique() {
    return new DeepLabV2();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "rates=[1, 2], channels=6",
        "rates=[2], channels=4, dropout=0, alignCorners=true",
        "rates=[1, 2, 3], channels=0");
  }

  @Override
  public List<String> refused() {
    return List.of("rates=[]", "rates=[6, 0]", "channels=-1", "dropout=1");
  }

  @Override
  public List<int[]> imageSizes() {
    return List.of(new int[] {128, 192}, new int[] {135, 149});
  }

  @Test
  void branchesOfTheAuthorsResNetAreTheReference() {
    GoldenFile.resource("deeplabv2_aspp").with("deeplabv2(channels=0)").matches();
  }

  @Test
  void branchesOfThePapersFigureAreWhatItDraws() {
    GoldenFile.resource("deeplabv2_vgg").with("deeplabv2(channels=6)").matches();
  }
}
