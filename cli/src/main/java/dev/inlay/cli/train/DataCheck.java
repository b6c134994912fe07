package dev.inlay.cli.train;

import dev.inlay.InlayException;
import dev.inlay.cli.common.Meter;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.Dataset;
import dev.inlay.data.check.Concern;
import dev.inlay.data.check.SplitFacts;
import dev.inlay.data.check.SplitScan;
import dev.inlay.data.check.TrainingCheck;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Looks at all label maps before the first step, so that no training begins in vain. */
final class DataCheck {

  @Option(
      names = "--accept-data",
      description =
          "Trains even where the check of the label maps refuses, such as on one class or where all"
              + " pixels are ignored.")
  private boolean accept;

  /**
   * Checks the splits and warns.
   *
   * @throws InlayException if the training would fail, or its figures mean nothing
   */
  void run(Dataset dataset, String split, String valSplit, Workbench bench) {
    SplitScan scan = SplitScan.ofLabels(dataset);
    SplitFacts train = facts(scan, split, bench);
    SplitFacts heldOut = split.equals(valSplit) ? train : facts(scan, valSplit, bench);
    List<Concern> concerns = TrainingCheck.of(dataset, train, heldOut);
    for (Concern concern : concerns) {
      switch (concern.weight()) {
        case MISTAKE -> throw new InlayException(concern.message());
        case DOUBT -> {
          if (!accept) {
            throw new InlayException(
                "%s To train all the same, add --accept-data.".formatted(concern.message()));
          }
          bench.warn(concern.message());
        }
        case NOTE -> bench.warn(concern.message());
      }
    }
  }

  private static SplitFacts facts(SplitScan scan, String split, Workbench bench) {
    AtomicReference<@Nullable Meter> shown = new AtomicReference<>();
    long patience = System.nanoTime() + 2_000_000_000L;
    try {
      return scan.scan(
          split,
          (done, all, name) -> {
            Meter meter = shown.get();
            // Nobody wants to read of what takes a moment.
            if (meter == null && System.nanoTime() > patience) {
              meter = Meter.of("checking " + split, all, bench.err());
              shown.set(meter);
            }
            if (meter != null) {
              meter.at(done, name);
            }
          });
    } finally {
      Meter meter = shown.get();
      if (meter != null) {
        meter.close();
      }
    }
  }
}
