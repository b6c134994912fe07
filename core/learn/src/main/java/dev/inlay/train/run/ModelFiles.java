package dev.inlay.train.run;

import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.evaluate.Scores;
import dev.inlay.files.Folders;
import dev.inlay.torch.Network;
import dev.inlay.train.Hook;
import dev.inlay.train.Losses;
import dev.inlay.train.OptimizerChoice;
import dev.inlay.train.Progress;
import dev.inlay.train.State;
import dev.inlay.train.TrainingPlan;
import dev.inlay.weights.ModelInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Saves the best and the last scored network of a training as model files. */
public final class ModelFiles implements Hook {

  private final Supplier<Network> network;
  private final ClassList classes;
  private final TrainingPlan plan;
  private final Path best;
  private final @Nullable Path last;
  private final SaveFailures failures;
  private @Nullable Progress latest;

  /**
   * Checks that the folders can be written to; the first scoring writes the first file.
   *
   * @param network the network that is scored and saved
   * @param best the file of the best network; a missing folder is created
   * @param last the file of the last scored network; null saves only the best
   * @param failures takes what can't be saved
   * @throws dev.inlay.InlayException if a folder can't be written to
   */
  public ModelFiles(
      Supplier<Network> network,
      ClassList classes,
      TrainingPlan plan,
      Path best,
      @Nullable Path last,
      SaveFailures failures) {
    this.failures = failures;
    this.network = network;
    this.classes = classes;
    this.plan = plan;
    this.best = best;
    this.last = last;
    Folders.check(folder(best));
    if (last != null) {
      Folders.check(folder(last));
    }
  }

  @Override
  public Answer iterated(Progress progress) {
    latest = progress;
    return Answer.CONTINUE;
  }

  /** Saves the network of a run that ends early, without scores. */
  @Override
  public void left(State state) {
    if (last != null && latest != null && state.isWhole()) {
      save(last, latest, null);
    }
  }

  @Override
  public Answer scored(Progress progress, Scores scores, boolean isBest) {
    if (isBest) {
      save(best, progress, scores);
    }
    if (last != null) {
      save(last, progress, scores);
    }
    return Answer.CONTINUE;
  }

  private void save(Path file, Progress progress, @Nullable Scores scores) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("iterations", Integer.toString(progress.iteration()));
    facts.put("loss", String.format(Locale.ROOT, "%.4f", progress.loss()));
    if (scores != null) {
      facts.put("miou", String.format(Locale.ROOT, "%.4f", scores.meanIou()));
      facts.put("pixelAccuracy", String.format(Locale.ROOT, "%.4f", scores.pixelAccuracy()));
    }
    facts.put("batch", Integer.toString(plan.batch()));
    facts.put("crop", plan.augmentation().height() + "x" + plan.augmentation().width());
    facts.put("rate", Double.toString(plan.schedule().rate()));
    if (plan.stepping().averages()) {
      facts.put("average", "weights, decay " + plan.stepping().averageDecay());
    }
    facts.put("seed", Long.toString(plan.seed()));
    String objective = plan.loss().toString();
    if (!objective.equals(Losses.DEFAULT)) {
      facts.put("objective", objective);
    }
    String optimizer = plan.optimizer().text();
    if (!optimizer.equals(OptimizerChoice.DEFAULT)) {
      facts.put("optimizer", optimizer);
    }
    failures.during(
        file,
        () -> {
          Folders.make(folder(file));
          network.get().save(file, info(facts));
        });
  }

  private static Path folder(Path file) {
    return Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
  }

  private ModelInfo info(Map<String, String> facts) {
    List<String> palette = classes.classes().stream().map(LabelClass::hex).toList();
    return new ModelInfo(
        network.get().assembly().spec().toString(),
        classes.names(),
        palette,
        classes.ignore(),
        plan.normalization().mean(),
        plan.normalization().deviation(),
        facts);
  }
}
