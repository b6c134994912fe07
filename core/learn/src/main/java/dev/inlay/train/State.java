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
 * All that changes while a network is trained: weights and buffers, the optimizer's memory, the
 * engine's source of chance, the iteration and the best score so far. A training that takes up a
 * saved state goes on as if it had never stopped: batches follow from the seed and the iteration.
 *
 * <p>The trainer alone changes it.
 */
public final class State {

  /**
   * The best score so far.
   *
   * @param iteration after which it was found
   */
  public record Best(long iteration, double meanIou) {}

  private static final String FORMAT = "inlay-training-state";
  private static final String VERSION = "1";

  private final String network;
  private final String optimizer;
  private final long seed;
  private final TrainingValues values;
  private int iteration;
  private @Nullable Best best;

  /**
   * The state of a training that begins.
   *
   * @param network the network's spec
   * @param optimizer as a spec writes it
   */
  State(String network, String optimizer, long seed, TrainingValues values) {
    this.network = network;
    this.optimizer = optimizer;
    this.seed = seed;
    this.values = values;
  }

  /** How many iterations are done. */
  public int iteration() {
    return iteration;
  }

  /** The best score so far; empty before the first scoring. */
  public Optional<Best> best() {
    return Optional.ofNullable(best);
  }

  void iterated() {
    iteration++;
  }

  /** Takes note of a score; tells whether it is the best so far. */
  boolean scored(double meanIou) {
    boolean better = best == null || meanIou > best.meanIou();
    if (better) {
      best = new Best(iteration, meanIou);
    }
    return better;
  }

  /** Saves the state as one safetensors file, which appears whole. */
  public void save(Path path) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("format", FORMAT);
    facts.put("version", VERSION);
    facts.put("network", network);
    facts.put("optimizer", optimizer);
    facts.put("seed", Long.toString(seed));
    facts.put("iteration", Integer.toString(iteration));
    if (best != null) {
      facts.put("best.iteration", Long.toString(best.iteration()));
      facts.put("best.miou", Double.toString(best.meanIou()));
    }
    values.save(path, facts);
  }

  /**
   * Takes up a saved state.
   *
   * @throws InlayException if the file is no state of this training; nothing has changed then
   */
  void restore(Path path) {
    try (TensorFile file = Safetensors.open(path)) {
      Map<String, String> facts = file.metadata();
      if (!FORMAT.equals(facts.get("format"))) {
        throw new InlayException(
            "%s is no state of a training. Name a file that a training saved to go on from."
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
      values.restore(file, seed + done);
      iteration = done;
      best = found;
    }
  }

  private static void require(Path path, Map<String, String> facts, String key, String wanted) {
    String found = facts.get(key);
    if (!wanted.equals(found)) {
      throw new InlayException(
          "%s was saved with the %s '%s', but this training has '%s'. Give the training what the file has."
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
      // The message below names what stands there.
    }
    throw new InlayException(
        "%s is damaged: its '%s' is '%s', which it can't be. Use another state."
            .formatted(path, key, facts.get(key)));
  }
}
