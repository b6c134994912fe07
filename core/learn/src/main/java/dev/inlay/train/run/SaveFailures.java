package dev.inlay.train.run;

import dev.inlay.InlayException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The files of a training that could not be saved. A failure is told at once, and the training goes
 * on: a later saving may succeed.
 */
public final class SaveFailures {

  private final Consumer<String> loud;
  private final Map<Path, String> lost = new LinkedHashMap<>();

  /**
   * No failures so far.
   *
   * @param loud tells a person
   */
  public SaveFailures(Consumer<String> loud) {
    this.loud = loud;
  }

  /** Tells a person something. */
  public void tell(String message) {
    loud.accept(message);
  }

  /** Saves a file; a failure is told and remembered until the file is saved. */
  public void during(Path file, Runnable saving) {
    try {
      saving.run();
      lost.remove(file);
    } catch (InlayException e) {
      String message = String.valueOf(e.getMessage());
      lost.put(file, message);
      loud.accept(message + " The training goes on.");
    }
  }

  /**
   * Requires that every file has been saved in the end.
   *
   * @throws InlayException with the reason for the first that has not
   */
  public void require() {
    for (String message : lost.values()) {
      throw new InlayException("The training is done, but not all of it is saved. " + message);
    }
  }
}
