package dev.inlay.contract;

import dev.inlay.compile.ProgramOptions;
import java.util.List;

/** Other layouts and merged layers only change the order of sums, which is a matter of rounding. */
final class Layouts implements Rule {

  private static final double TOLERANCE = 1e-3;

  @Override
  public String name() {
    return "layouts";
  }

  @Override
  public String says() {
    return "Channels-last memory and folded normalisation give the same result.";
  }

  @Override
  public Verdict check(Subject subject) {
    return Agreement.check(
        subject,
        List.of(
            new Agreement.Form("channels last", ProgramOptions.INFERENCE.channelsLast()),
            new Agreement.Form("folded", ProgramOptions.INFERENCE.folded())),
        Values::largest,
        TOLERANCE,
        "Look for expressions of raw that read memory in its order, such as view or as_strided; reshape does not.");
  }
}
