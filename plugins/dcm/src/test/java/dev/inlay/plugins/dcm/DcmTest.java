package dev.inlay.plugins.dcm;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.NetworkFigures;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DcmTest implements TechniqueContract<Dcm.Options> {

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
    GoldenFile.resource("dmhead").with("dcm(channels=16) | fcn").matches();
  }

  @Test
  void isTheReferenceInANetwork() {
    String network = "(width=6, stemChannels=12) | auxiliary(channels=8) | dcm(channels=16) | fcn";
    GoldenFile.shared("net_dmnet_r18_d8").with("resnet18" + network).matches();
  }

  @Test
  void hasAsManyParametersAsTheReference() {
    NetworkFigures.of("dmnet_r50-d8", 19)
        .haveParameters(53_175_942, 50_811_251)
        .haveMultiplyAdds("390.99", "0.35", 512, 1024);
  }
}
