package dev.inlay.plugins.ppm;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.NetworkFigures;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PpmTest implements TechniqueContract<Ppm.Options> {

  @Override
  public Ppm technique() {
    return new Ppm();
  }

  @Override
  public List<String> samples() {
    return List.of("", "bins=[1, 4], channels=6, alignCorners=true");
  }

  @Override
  public List<String> refused() {
    return List.of("bins=[]", "bins=[1, 0]", "channels=-1");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("psphead").with("ppm(channels=16) | fcn").matches();
  }

  @Test
  void isTheReferenceInANetwork() {
    String network = "(width=6, stemChannels=12) | auxiliary(channels=8) | ppm(channels=16) | fcn";
    GoldenFile.shared("net_pspnet_r18_d8").with("resnet18" + network).matches();
  }

  @Test
  void isTheReferenceInADeepNetwork() {
    GoldenFile.shared("net_pspnet_r50_d8")
        .with("resnet50(width=4, stemChannels=8) | auxiliary(channels=8) | ppm(channels=16) | fcn")
        .matches();
  }

  @Test
  void hasAsManyParametersAsTheReference() {
    NetworkFigures.of("pspnet_r50-d8", 19)
        .haveParameters(48_975_494, 46_610_803)
        .haveMultiplyAdds("356.59", "0.00", 512, 1024);
  }
}
