package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Arithmetic on lists of arrays. */
final class TensorListsTest {

  private final NDManager manager = EngineStart.manager();
  private final TensorLists lists = new TensorLists(manager);
  private final NDArray a = manager.create(new float[] {3, 0, 4});
  private final NDArray b = manager.create(new float[] {12});

  @AfterEach
  void close() {
    lists.close();
    manager.close();
  }

  @Test
  void theNormIsThatOfAllElementsTogether() {
    assertThat(lists.norm(List.of(a, b))).isCloseTo(13, within(1e-6));
    assertThat(lists.norm(List.of())).isZero();
  }

  @Test
  void theNormShowsNumbersThatAreNotFinite() {
    NDArray bad = manager.create(new float[] {1, Float.NEGATIVE_INFINITY});

    assertThat(lists.norm(List.of(a, bad))).isInfinite();
    assertThat(lists.norm(List.of(manager.create(new float[] {Float.NaN}), a))).isNaN();
  }

  @Test
  void listsAreScaledAndAdded() {
    lists.scale(List.of(a, b), 0.5);
    lists.add(List.of(a), List.of(manager.create(new float[] {1, 2, 3})));

    assertThat(a.toFloatArray()).containsExactly(2.5f, 2, 5);
    assertThat(b.toFloatArray()).containsExactly(6);
  }

  @Test
  void aListApproachesAnother() {
    lists.approach(List.of(a), List.of(manager.create(new float[] {7, 8, 0})), 0.25);

    assertThat(a.toFloatArray()).containsExactly(4, 2, 3);
  }

  @Test
  void numbersAreCopiedWithTheirTypes() {
    NDArray count = manager.create(new long[] {1}).toType(DataType.INT64, true);

    lists.copy(List.of(a, count), List.of(b.repeat(3), manager.create(new long[] {1L << 40})));

    assertThat(a.toFloatArray()).containsExactly(12, 12, 12);
    assertThat(count.toLongArray()).containsExactly(1L << 40);
  }
}
