package dev.inlay.plugins.crisscross;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CrissCrossTest implements TechniqueContract<CrissCross.Options> {

  @Override
  public CrissCross technique() {
    return new CrissCross();
  }

  @Override
  public List<String> samples() {
    return List.of("", "channels=16, recurrence=1, concat=false", "kernel=1, dilation=2");
  }

  @Override
  public Map<String, String> synonyms() {
    return Map.of("kernel=1, dilation=2", "kernel=1");
  }

  @Override
  public List<String> refused() {
    return List.of("recurrence=0", "channels=-1", "kernel=2", "dilation=0");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("cchead").with("criss-cross(channels=16) | given-classifier").matches();
  }

  @Test
  void isTheReferenceWithWiderKernels() {
    GoldenFile.resource("cchead_kernel5")
        .with("criss-cross(channels=8, recurrence=3, kernel=5, dilation=2) | given-classifier")
        .matches();
  }
}
