package dev.inlay.contract;

import dev.inlay.compile.ProgramOptions;
import java.util.List;

/**
 * bfloat16 has 8 bits: a part of 1/256 of every value is rounding, which a few dozen layers make
 * some hundredths. The root mean square is compared, because a single value near a threshold may
 * fall to its other side.
 */
final class LowPrecision implements Rule {

  private static final double TOLERANCE = 0.1;

  @Override
  public String name() {
    return "bfloat16";
  }

  @Override
  public String says() {
    return "Convolutions and products in bfloat16 give the same result up to rounding.";
  }

  @Override
  public Verdict check(Subject subject) {
    return Agreement.check(
        subject,
        List.of(new Agreement.Form("in bfloat16", ProgramOptions.INFERENCE.inBfloat16())),
        Values::typical,
        TOLERANCE,
        "Normalise before large sums and differences of nearly equal values; an expression of raw must not fix a type.");
  }
}
