package dev.inlay.plugins.pafem;

import dev.inlay.Features;
import dev.inlay.Technique;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PafemTest implements TechniqueContract<Pafem.Options> {

  @Override
  public Pafem technique() {
    return new Pafem();
  }

  @Override
  public List<String> samples() {
    return List.of("", "channels=7, rates=[1, 2]", "channels=16, rates=[2, 1, 3]");
  }

  @Override
  public List<String> refused() {
    return List.of("channels=-1", "channels=1", "rates=[]", "rates=[1, 0]");
  }

  @Test
  void isTheAuthorsModule() {
    Pafem.Options options = Technique.options(Pafem.class, "channels=32, rates=[1, 2, 4, 6]");
    GoldenFile.resource("pafem")
        .with(
            (given, scope) -> {
              Features map = new Features(given.get(0), 1, given, List.of(8), Map.of());
              return technique().parts().get("module").build(options, map, scope);
            })
        .matches();
  }

  @Test
  void isAHeadWithTheRatesOfSegmentation() {
    GoldenFile.resource("pafem_head").with("pafem(channels=16) | given-classifier").matches();
  }
}
