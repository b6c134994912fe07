package dev.inlay.assemble;

import dev.inlay.RoundTrip;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.guard.Guard;

/** The round trip of a technique's preparation; errors name the technique and its jar. */
final class GuardedRoundTrip implements RoundTrip {

  private final Technique<?> technique;
  private final RoundTrip roundTrip;

  GuardedRoundTrip(Technique<?> technique, RoundTrip roundTrip) {
    this.technique = technique;
    this.roundTrip = roundTrip;
  }

  @Override
  public int ratio() {
    return Guard.call(technique, roundTrip::ratio);
  }

  @Override
  public Tensor build(Tensor labels, Scope scope) {
    return Guard.answer(technique, "build", () -> roundTrip.build(labels, scope));
  }
}
