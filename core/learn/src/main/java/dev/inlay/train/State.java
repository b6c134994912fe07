package dev.inlay.train;

import dev.inlay.InlayException;
import dev.inlay.torch.TrainingValues;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.TensorFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that changes during a training: weights and buffers, the optimizer's memory, the
 * engine's random state, the iteration and the best score so far. A training that restores a saved
 * state continues bit for bit as if it had not stopped: seed and iteration determine the batches.
 *
 * <p>Only the {@link Trainer} changes the state.
 */
public final class State {

  /**
   * The best score so far.
   *
   * @param iteration the number of iterations done when the network was scored
   */
  public record Best(long iteration, double meanIou) {}

  private static final String FORMAT = "inlay-training-state";
  private static final String DIVERGED =
      "Training diverged; what was saved before stays. Lower the learning rate or warm up longer.";
  private static final String VERSION = "1";

  private final String network;
  private final String optimizer;
  private final long seed;
  private final TrainingValues values;
  private int iteration;
  private double seconds;
  private boolean stepping;
  private boolean spoilt;
  private @Nullable Progress latest;
  private boolean scored;
  private @Nullable Best best;
  private int scoringsSinceBest;

  /**
   * The state at the beginning of a training.
   *
   * @param network the network's spec
   * @param optimizer the optimizer in the spec language
   */
  State(String network, String optimizer, long seed, TrainingValues values) {
    this.network = network;
    this.optimizer = optimizer;
    this.seed = seed;
    this.values = values;
  }

  /** The number of iterations done. */
  public int iteration() {
    return iteration;
  }

  /** The best score so far; empty before the first scoring. */
  public Optional<Best> best() {
    return Optional.ofNullable(best);
  }

  /** The number of scorings since the best one. */
  public int scoringsSinceBest() {
    return scoringsSinceBest;
  }

  /** The seconds of training before this state was restored or saved last. */
  public double seconds() {
    return seconds;
  }

  /**
   * Whether the values are those after {@link #iteration} steps; false if an error left a step half
   * done, or some were found not to be finite.
   */
  public boolean isWhole() {
    return !stepping && !spoilt;
  }

  /** A step begins, and changes some values before others. */
  void stepping() {
    stepping = true;
  }

  void iterated() {
    iteration++;
    stepping = false;
    scored = false;
  }

  /** Notes the progress after the last iteration. */
  void progressed(Progress progress) {
    latest = progress;
    seconds = progress.seconds();
  }

  /** The progress after the last iteration, if the network has not been scored since. */
  Optional<Progress> unscored() {
    return scored ? Optional.empty() : Optional.ofNullable(latest);
  }

  /** Notes the time of the training after a scoring. */
  void lasting(double trained) {
    seconds = trained;
  }

  /** Records a score; returns whether it is the best so far. */
  boolean scored(double meanIou) {
    scored = true;
    boolean better = best == null || meanIou > best.meanIou();
    scoringsSinceBest++;
    if (better) {
      best = new Best(iteration, meanIou);
      scoringsSinceBest = 0;
    }
    return better;
  }

  /**
   * Requires that all weights, buffers and values of the optimizer are finite, because a training
   * that has diverged never comes back.
   *
   * @throws InlayException if some are NaN or infinite, naming the tensors and the iteration
   */
  public void requireFinite() {
    spoilt = true;
    values.requireFinite("The training after iteration %d".formatted(iteration), DIVERGED);
    spoilt = false;
  }

  /**
   * Saves the state as one safetensors file; an existing file is replaced only by a complete one.
   *
   * @throws InlayException if numbers are NaN or infinite, naming the tensors and the iteration; an
   *     existing file then stays
   */
  public void save(Path path) {
    if (stepping) {
      throw new IllegalStateException("a step is half done, so there is no state to be saved");
    }
    requireFinite();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("format", FORMAT);
    facts.put("version", VERSION);
    facts.put("network", network);
    facts.put("optimizer", optimizer);
    facts.put("seed", Long.toString(seed));
    facts.put("iteration", Integer.toString(iteration));
    facts.put("seconds", Double.toString(seconds));
    facts.put("scored", Boolean.toString(scored));
    if (latest != null) {
      latest.write(facts);
    }
    if (best != null) {
      facts.put("best.iteration", Long.toString(best.iteration()));
      facts.put("best.miou", Double.toString(best.meanIou()));
      facts.put("best.since", Integer.toString(scoringsSinceBest));
    }
    values.save(path, facts);
  }

  /**
   * Restores a saved state.
   *
   * @throws InlayException if the file is not a state of this training, which then keeps its own
   *     state
   */
  void restore(Path path) {
    try (TensorFile file = Safetensors.open(path)) {
      Map<String, String> facts = file.metadata();
      if (!FORMAT.equals(facts.get("format"))) {
        throw new InlayException(
            "%s is not the saved state of a training. Name a file that a training saved to be resumed from."
                .formatted(path));
      }
      require(path, facts, "version", VERSION);
      require(path, facts, "network", network);
      require(path, facts, "optimizer", optimizer);
      require(path, facts, "seed", Long.toString(seed));
      int done = (int) number(path, facts, "iteration");
      Best found = null;
      if (facts.containsKey("best.miou")) {
        found =
            new Best(
                (long) number(path, facts, "best.iteration"), number(path, facts, "best.miou"));
      }
      int since = facts.containsKey("best.since") ? (int) number(path, facts, "best.since") : 0;
      double lasted = facts.containsKey("seconds") ? number(path, facts, "seconds") : 0;
      @Nullable Progress before = Progress.read(facts, done).orElse(null);
      values.restore(file, seed + done);
      latest = before;
      scored = Boolean.parseBoolean(facts.get("scored"));
      iteration = done;
      seconds = lasted;
      best = found;
      scoringsSinceBest = since;
    }
  }

  private static void require(Path path, Map<String, String> facts, String key, String wanted) {
    String found = facts.get(key);
    if (!wanted.equals(found)) {
      throw new InlayException(
          "%s was saved with the %s '%s', but this training has '%s'. Set the training's value to the file's."
              .formatted(path, key, found, wanted));
    }
  }

  private static double number(Path path, Map<String, String> facts, String key) {
    try {
      double number = Double.parseDouble(facts.getOrDefault(key, ""));
      if (!(number < 0 || number > Integer.MAX_VALUE)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The message below names the text.
    }
    throw new InlayException(
        "%s is damaged: its '%s' is '%s', but must be a number of 0 or more. Use another state."
            .formatted(path, key, facts.get(key)));
  }
}
