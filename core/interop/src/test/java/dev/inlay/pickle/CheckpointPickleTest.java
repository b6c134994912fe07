package dev.inlay.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a checkpoint's pickle says of its tensors. */
final class CheckpointPickleTest {

  @Test
  void stridesAreThoseOfRows() {
    assertThat(CheckpointPickle.strides(List.of(4L, 3L, 2L))).containsExactly(6L, 2L, 1L);
    assertThat(CheckpointPickle.strides(List.of(4L, 0L, 2L))).containsExactly(2L, 2L, 1L);
    assertThat(CheckpointPickle.strides(List.of())).isEmpty();
  }
}
