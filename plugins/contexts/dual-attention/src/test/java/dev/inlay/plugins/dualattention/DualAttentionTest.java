package dev.inlay.plugins.dualattention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Features;
import dev.inlay.Tensor;
import dev.inlay.fixtures.GoldenFile;
import dev.inlay.fixtures.TechniqueContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DualAttentionTest implements TechniqueContract<DualAttention.Options> {

  @Override
  public DualAttention technique() {
    return new DualAttention();
  }

  @Override
  public List<String> samples() {
    return List.of("", "channels=6, keyChannels=2, weight=0.5, dropout=0", "channels=1");
  }

  @Override
  public List<String> refused() {
    return List.of("channels=-1", "keyChannels=-1", "weight=-0.1", "dropout=1", "dropout=-0.1");
  }

  @Test
  void isTheReference() {
    GoldenFile.resource("dahead")
        .with("dual-attention(channels=16, keyChannels=8) | given-classifier")
        .matches();
  }

  @Test
  void supervisesBothBranchesAsTheReference() {
    DualAttention.Options options = new DualAttention.Options(16, 8, 0.5, 0.1);
    GoldenFile.resource("dahead")
        .with(
            (maps, scope) -> {
              Features input = new Features(maps.get(0), 5, maps, List.of(8), Map.of());
              Features output = technique().build(options, input, scope);
              List<Tensor> logits = new ArrayList<>();
              logits.add(scope.classify("conv_seg", output.last(), 5, 0));
              for (Features.Side side : output.sides().values()) {
                logits.add(side.output());
                assertThat(side.weight()).isEqualTo(0.5);
                assertThat(side.counted()).isTrue();
              }
              return logits;
            })
        .matches();
  }
}
