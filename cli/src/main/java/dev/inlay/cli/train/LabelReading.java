package dev.inlay.cli.train;

import dev.inlay.LabelCounts;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.StagePreparation;
import dev.inlay.cli.common.Meter;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelSource;
import dev.inlay.prepare.LabelCounting;
import dev.inlay.prepare.Prepared;
import java.io.PrintWriter;

/** Computes what a training needs from a split's labels, and shows the progress. */
final class LabelReading {

  private LabelReading() {}

  /** How often each class occurs, for the weights of a loss. */
  static LabelCounts counts(LabelSource labels, ClassList classes, PrintWriter err) {
    try (Meter meter = Meter.of("counting", labels.size(), err)) {
      return LabelCounting.of(
          labels, classes, (pass, index) -> meter.at(index + 1L, labels.name(index)));
    }
  }

  /** The parameters of a decoder. */
  static Prepared prepared(
      Assembly network,
      StagePreparation preparation,
      LabelSource labels,
      ClassList classes,
      PrintWriter err) {
    try (Meter meter = Meter.of("preparing", labels.size(), err)) {
      return Prepared.of(
          network,
          preparation,
          labels,
          classes,
          (pass, index) ->
              meter.at(index + 1L, labels.name(index) + (pass > 0 ? ", pass " + (pass + 1) : "")));
    }
  }
}
