package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The engine's convolutions compute what they should, with oneDNN or, where that fails, without.
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
      // Where oneDNN computes wrongly, it stays switched off for the other tests.
      Kernels.setOneDnn(!Kernels.switchedOff());
    }
  }
}
