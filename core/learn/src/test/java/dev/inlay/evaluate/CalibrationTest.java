package dev.inlay.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.image.LabelMap;
import dev.inlay.predict.ProbabilitiesOf;
import org.junit.jupiter.api.Test;

/** The expected calibration error. */
final class CalibrationTest {

  /** Four pixels: sure and right, sure and wrong, unsure and right, ignored. */
  @Test
  void isTheMeanDifferenceBetweenConfidenceAndAccuracyOfBins() {
    Calibration calibration = new Calibration(255);
    calibration.add(
        new LabelMap(4, 1, new byte[] {0, 1, 1, (byte) 255}),
        ProbabilitiesOf.values(2, 4, 1, 0.9f, 0.9f, 0.38f, 1, 0.1f, 0.1f, 0.62f, 0));

    // The bin of 0.9 has confidence 0.9 and accuracy 0.5, that of 0.62 has 0.62 and 1.
    assertThat(calibration.error()).isCloseTo((2 * 0.4 + 0.38) / 3, within(1e-6));
    assertThat(calibration.pixels(13)).isEqualTo(2);
    assertThat(calibration.accuracy(13)).isEqualTo(0.5);
    assertThat(calibration.confidence(9)).isCloseTo(0.62, within(1e-6));
    assertThat(calibration.accuracy(0)).isNaN();
  }

  @Test
  void withoutPixelsThereIsNone() {
    assertThat(new Calibration(255).error()).isNaN();
  }
}
