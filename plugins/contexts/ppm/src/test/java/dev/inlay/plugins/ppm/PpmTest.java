package dev.inlay.plugins.ppm;

import dev.inlay.fixtures.GoldenFile;
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
    GoldenFile.resource("psphead").with("ppm(channels=16) | given-classifier").matches();
  }
}
