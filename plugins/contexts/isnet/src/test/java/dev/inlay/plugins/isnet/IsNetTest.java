package dev.inlay.plugins.isnet;

import dev.inlay.Features;
import dev.inlay.Tensor;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class IsNetTest implements TechniqueContract<IsNet.Options> {

  private static final IsNet.Options MODULE = new IsNet.Options(32, 16, true, 0, 0.4, 0.1, false);

  @Override
  public IsNet technique() {
    return new IsNet();
  }

  @Override
  public List<String> samples() {
    return List.of(
        "channels=8, keyChannels=4",
        "channels=8, keyChannels=4, shortcut=6, weight=1, dropout=0, alignCorners=true");
  }

  @Override
  public List<String> refused() {
    return List.of("channels=0", "keyChannels=0", "shortcut=-1", "weight=-0.1", "dropout=1");
  }

  @Test
  void isTheReferenceOnTheImagesLevel() {
    GoldenFile.resource("isnet_ilcm")
        .with((inputs, scope) -> List.of(IsNet.imageLevel(MODULE, inputs.get(0), scope)))
        .matches();
  }

  @Test
  void isTheReferenceOnTheClassesLevel() {
    GoldenFile.resource("isnet_slcm")
        .with(
            (given, scope) ->
                List.of(
                    IsNet.semanticLevel(MODULE, given.get(0), given.get(1), given.get(2), scope)))
        .matches();
  }

  /** Weights of a class that no pixel has are 0, not those of a softmax over nothing. */
  @Test
  void isTheReferenceWhereClassesAreAbsent() {
    IsNet.Options options = new IsNet.Options(4, 3, false, 0, 0.4, 0.1, false);
    GoldenFile.resource("isnet_slcm_absent")
        .with(
            (in, scope) ->
                List.of(IsNet.semanticLevel(options, in.get(0), in.get(1), in.get(2), scope)))
        .matches();
  }

  @Test
  void isTheReference() {
    IsNet.Options options = new IsNet.Options(16, 12, true, 8, 0.4, 0.1, false);
    GoldenFile.resource("isnet_head")
        .with(
            (given, scope) -> {
              List<Tensor> maps = List.of(given.get(1), given.get(0));
              Features input = new Features(maps.get(0), 6, maps, List.of(4, 8), Map.of());
              Features output = technique().build(options, input, scope);
              Tensor logits = scope.classify("decoder_stage2.4", output.last(), 6, 0);
              return List.of(logits, Objects.requireNonNull(output.sides().get("coarse")).output());
            })
        .matches();
  }
}
