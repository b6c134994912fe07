package dev.inlay.plugins.fcn;

import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FcnTest implements TechniqueContract<Fcn.Options> {

  @Override
  public Fcn technique() {
    return new Fcn();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "",
        "convs=2, concat=true, channels=6, dilation=2, alignCorners=true",
        "convs=1, kernel=1, maps=all, dropout=0");
  }

  @Override
  public List<String> refused() {
    return List.of("convs=-1", "channels=-1", "kernel=2", "dilation=0", "dropout=1", "concat=true");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("fcnhead").with("fcn(convs=2, channels=12, concat=true)").matches();
  }

  @Test
  void isTheReferenceOnAllMaps() {
    GoldenFile.resource("fcnhead_resizeconcat")
        .with("fcn(maps=all, convs=1, channels=16, kernel=1)")
        .matches();
  }
}
