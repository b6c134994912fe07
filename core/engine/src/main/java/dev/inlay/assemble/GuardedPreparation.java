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
    return guarded("summary", preparation::summary);
  }

  @Override
  public void see(Labels labels) {
    guarded(
        "see",
        () -> {
          preparation.see(labels);
          return true;
        });
  }

  @Override
  public boolean again() {
    return guarded("again", preparation::again);
  }

  @Override
  public Map<String, float[]> parameters() {
    return guarded("parameters", preparation::parameters);
  }

  @Override
  public Map<String, Number> figures() {
    return guarded("figures", preparation::figures);
  }

  @Override
  public Optional<RoundTrip> roundTrip() {
    return guarded("roundTrip", preparation::roundTrip)
        .map(made -> new GuardedRoundTrip(technique, made));
  }

  private <T> T guarded(String method, Supplier<T> call) {
    return Guard.answer(technique, method, call);
  }
}
