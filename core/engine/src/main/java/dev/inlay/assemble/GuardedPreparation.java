package dev.inlay.assemble;

import dev.inlay.Labels;
import dev.inlay.Preparation;
import dev.inlay.RoundTrip;
import dev.inlay.Technique;
import dev.inlay.guard.Guard;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A technique's preparation; errors name the technique and its jar. */
final class GuardedPreparation implements Preparation {

  private final Technique<?> technique;
  private final Preparation preparation;

  GuardedPreparation(Technique<?> technique, Preparation preparation) {
    this.technique = technique;
    this.preparation = preparation;
  }

  @Override
  public String summary() {
    return guarded(preparation::summary);
  }

  @Override
  public void see(Labels labels) {
    guarded(
        () -> {
          preparation.see(labels);
          return true;
        });
  }

  @Override
  public boolean again() {
    return guarded(preparation::again);
  }

  @Override
  public Map<String, float[]> parameters() {
    return guarded(preparation::parameters);
  }

  @Override
  public Map<String, Number> figures() {
    return guarded(preparation::figures);
  }

  @Override
  public Optional<RoundTrip> roundTrip() {
    return guarded(preparation::roundTrip);
  }

  private <T> T guarded(Supplier<T> call) {
    return Guard.call(technique, call);
  }
}
