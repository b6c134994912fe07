package dev.inlay.cli.train;

import dev.inlay.cli.common.NumberText;
import dev.inlay.train.Hook;
import dev.inlay.train.Progress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Says once that the engine waits for images, which more data threads would mend. */
final class StarvedEngine implements Hook {

  private static final int LATEST = 50;
  private static final double MUCH = 0.2;

  private final Consumer<String> warn;
  private final int workers;
  private final Deque<Progress> latest = new ArrayDeque<>();
  private boolean said;

  /**
   * Watches a training.
   *
   * @param workers the threads that make batches
   */
  StarvedEngine(Consumer<String> warn, int workers) {
    this.warn = warn;
    this.workers = workers;
  }

  @Override
  public Answer iterated(Progress progress) {
    latest.add(progress);
    if (latest.size() > LATEST) {
      latest.remove();
    }
    if (!said && latest.size() == LATEST) {
      double waited = latest.stream().mapToDouble(each -> each.time().data()).sum();
      double all = latest.stream().mapToDouble(each -> each.time().sum()).sum();
      if (waited > MUCH * all) {
        said = true;
        warn.accept(
            "The engine has waited for images during %s of the last %d iterations. Give more threads to them, as in --workers %d, or make images smaller beforehand."
                .formatted(NumberText.percent(waited / all), LATEST, 2 * workers));
      }
    }
    return Answer.CONTINUE;
  }
}
