package dev.inlay.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Common names of two files, and their prefixes. */
final class NameComparisonTest {

  private static Map<String, TensorInfo> named(String... names) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    for (String name : names) {
      tensors.put(name, new TensorInfo(name, TensorType.F32, List.of(2L)));
    }
    return tensors;
  }

  @Test
  void namesAreSortedIntoThoseOfOneAndOfBoth() {
    Map<String, TensorInfo> b = named("z", "c", "b");
    b.put("c", new TensorInfo("c", TensorType.F16, List.of(3L)));

    NameComparison names = NameComparison.of(named("c", "a", "b"), b);

    assertThat(names.onlyA()).containsExactly("a");
    assertThat(names.onlyB()).containsExactly("z");
    assertThat(names.common()).containsOnlyKeys("c", "b");
    NameComparison.Pair c = new NameComparison.Pair(named("c").get("c"), b.get("c"));
    assertThat(names.common()).containsEntry("c", c);
    assertThat(c.sameShape()).isFalse();
    assertThat(c.sameType()).isFalse();
  }

  @Test
  void prefixOfEitherFileIsFound() {
    Map<String, TensorInfo> bare = named("conv1.weight", "conv1.bias", "fc.weight");
    Map<String, TensorInfo> wrapped =
        named("module.conv1.weight", "module.conv1.bias", "module.head.weight");

    assertThat(NameComparison.of(wrapped, bare).prefix()).isEqualTo("module.");
    assertThat(NameComparison.of(bare, wrapped).prefix()).isEqualTo("module.");
  }

  @Test
  void prefixMayHaveSeveralParts() {
    assertThat(NameComparison.of(named("a"), named("ema.module.a")).prefix())
        .isEqualTo("ema.module.");
  }

  @Test
  void namesThatMeetByChanceAreNoPrefix() {
    assertThat(NameComparison.of(named("x.weight", "y", "z"), named("weight", "q", "r")).prefix())
        .isNull();
    assertThat(NameComparison.of(named("a.b"), named("a.b")).prefix()).isNull();
  }
}
