package dev.inlay.train.run;

import dev.inlay.InlayException;
import dev.inlay.evaluate.Scores;
import dev.inlay.files.Reason;
import dev.inlay.train.Hook;
import dev.inlay.train.Progress;
import dev.inlay.train.State;
import dev.inlay.train.Trainer;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/**
 * Saves the state of a training at every scoring, at intervals, and when a run is left early. The
 * state saved before is kept until the new one is whole.
 */
public final class SavedState implements Hook {

  private final RunFolder folder;
  private final int every;
  private final Supplier<State> state;
  private final SaveFailures failures;

  /**
   * Saves into a folder.
   *
   * @param every the number of iterations between two savings besides scorings; 0 saves at scorings
   *     alone
   * @param state the training's state
   */
  public SavedState(RunFolder folder, int every, Supplier<State> state, SaveFailures failures) {
    this.folder = folder;
    this.every = every;
    this.state = state;
    this.failures = failures;
  }

  /**
   * Restores the newest state of a folder that can be read.
   *
   * @return the number of iterations done; 0 if no state was saved, and the training begins anew
   * @throws InlayException if there is a state, but none that fits this training
   */
  public static int restore(RunFolder folder, Trainer trainer, SaveFailures failures) {
    Path newest = folder.file(RunFolder.STATE);
    Path earlier = folder.file(RunFolder.EARLIER_STATE);
    if (!Files.exists(newest) && !Files.exists(earlier)) {
      return 0;
    }
    if (!Files.exists(newest)) {
      trainer.restore(earlier);
      return trainer.state().iteration();
    }
    try {
      trainer.restore(newest);
    } catch (InlayException e) {
      if (!Files.exists(earlier)) {
        throw e;
      }
      trainer.restore(earlier);
      failures.tell(
          "%s The training goes on from the state before it, of iteration %d."
              .formatted(e.getMessage(), trainer.state().iteration()));
    }
    return trainer.state().iteration();
  }

  @Override
  public Answer iterated(Progress progress) {
    if (every > 0 && progress.iteration() % every == 0) {
      save(state.get());
    }
    return Answer.CONTINUE;
  }

  @Override
  public Answer scored(Progress progress, Scores scores, boolean best) {
    // The last hook that is told of a scoring: after a kill in between, the scoring is repeated.
    save(state.get());
    return Answer.CONTINUE;
  }

  @Override
  public void left(State left) {
    if (left.isWhole()) {
      save(left);
    }
  }

  /** Saves a state; a failure is told, and the training goes on. */
  public void save(State now) {
    Path file = folder.file(RunFolder.STATE);
    failures.during(
        file,
        () -> {
          now.requireFinite();
          keepEarlier(file);
          now.save(file);
          requireReadable(file);
        });
  }

  private void keepEarlier(Path file) {
    try {
      if (Files.exists(file)) {
        Files.move(file, folder.file(RunFolder.EARLIER_STATE), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new InlayException(
          "%s could not be kept beside the new state (%s).".formatted(file, Reason.of(e)), e);
    }
  }

  /** Reads the header again: some disks report success for what they did not write. */
  private static void requireReadable(Path file) {
    try (TensorFile written = Safetensors.open(file)) {
      if (written.tensors().isEmpty()) {
        throw new InlayException("%s was saved, but is empty.".formatted(file));
      }
    }
  }
}
