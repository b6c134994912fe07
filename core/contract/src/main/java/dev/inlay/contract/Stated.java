package dev.inlay.contract;

import dev.inlay.Objective;
import dev.inlay.Optimizer;
import dev.inlay.spec.Kind;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.ObjectiveSpec;

/** The technique with options, as the spec of its kind, and back. */
final class Stated {

  private Stated() {}

  /** The technique with these options: a spec that has an equal if it is read twice. */
  static Object read(Subject subject, String options) {
    return subject.technique() instanceof Objective || subject.technique() instanceof Optimizer
        ? again(subject, subject.stage(options))
        : TrialNetwork.spec(subject, options);
  }

  /** A spec of the technique's kind, as it was printed. */
  static Object again(Subject subject, String printed) {
    if (subject.technique() instanceof Objective) {
      return ObjectiveSpec.parse(printed, subject.techniques());
    }
    return subject.technique() instanceof Optimizer
        ? NetworkSpec.parseStage(printed, Kind.OPTIMIZER, subject.techniques())
        : NetworkSpec.parse(printed, subject.techniques());
  }

  /** Reads the technique with these options, and describes it where it is part of a network. */
  static void tried(Subject subject, String options) {
    Object read = read(subject, options);
    if (read instanceof NetworkSpec spec) {
      TrialNetwork.of(subject, spec);
    }
  }
}
