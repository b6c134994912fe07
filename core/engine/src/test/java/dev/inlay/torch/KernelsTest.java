package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The engine's convolutions are correct with oneDNN or, if it computes wrong values, without it.
 */
final class KernelsTest {

  @BeforeEach
  void loadEngine() {
    Torch.version();
  }

  @Test
  void whatRunsIsRight() {
    Kernels.require();

    assertThat(ConvolutionCheck.deviation()).isLessThan(1);
  }

  @Test
  void theEnginesOwnConvolutionsAreRight() {
    Kernels.require();
    Kernels.setOneDnn(false);
    try {
      assertThat(ConvolutionCheck.deviation()).isLessThan(1);
    } finally {
      // If oneDNN computes wrong values, it stays switched off for the other tests.
      Kernels.setOneDnn(!Kernels.switchedOff());
    }
  }
}
