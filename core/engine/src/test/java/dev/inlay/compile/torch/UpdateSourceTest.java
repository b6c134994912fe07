package dev.inlay.compile.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.compile.ListUpdate;
import org.junit.jupiter.api.Test;

/** The text of optimizers' updates; OptimizerUpdateTest runs it. */
final class UpdateSourceTest {

  @Test
  void everyOperatorOnListsHasAForm() {
    assertThat(UpdateSource.operators()).isEqualTo(ListUpdate.operators());
  }
}
