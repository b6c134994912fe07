package dev.inlay.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.train.Progress;
import dev.inlay.train.StepTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said where the engine waits for images. */
final class StarvedEngineTest {

  private final List<String> said = new ArrayList<>();

  private void run(double waited, double computed) {
    StarvedEngine hook = new StarvedEngine(said::add, 1);
    for (int i = 1; i <= 200; i++) {
      StepTime time = new StepTime(waited, computed, 0);
      hook.iterated(new Progress(i, 200, 1, Map.of(), 0, 0.1, 1, i, time));
    }
  }

  @Test
  void aWaitingEngineIsSaidOnceWithTheWayOut() {
    run(0.5, 0.5);

    assertThat(said)
        .containsExactly(
            "The engine has waited for images during 50.0 % of the last 50 iterations. Give more threads to them, as in --workers 2, or make images smaller beforehand.");
  }

  @Test
  void aBusyEngineIsNotMentioned() {
    run(0.1, 0.9);

    assertThat(said).isEmpty();
  }
}
