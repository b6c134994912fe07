package dev.inlay.train;

import dev.inlay.InlayException;
import dev.inlay.assemble.BatchStatistics;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.compile.torch.TrainingStep;
import dev.inlay.data.Batch;
import dev.inlay.data.BatchPlan;
import dev.inlay.data.BatchSource;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.data.SampleSource;
import dev.inlay.evaluate.Evaluation;
import dev.inlay.evaluate.Scores;
import dev.inlay.files.Folders;
import dev.inlay.torch.Inference;
import dev.inlay.torch.Network;
import dev.inlay.torch.TrainingProgram;
import dev.inlay.weights.ModelInfo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network on labelled images, scores it on held-out ones now and then, and keeps the best
 * and the last state as model files.
 */
public final class Training {

  /**
   * Where the network's states go.
   *
   * @param best the file of the best state
   * @param last the file of the last scored state; null keeps none
   */
  public record Files(Path best, @Nullable Path last) {

    /** {@code best.safetensors} and {@code last.safetensors} in a folder. */
    public static Files in(Path folder) {
      return new Files(folder.resolve("best.safetensors"), folder.resolve("last.safetensors"));
    }
  }

  private final Network network;
  private final Losses losses;
  private final ClassList classes;
  private final TrainingPlan plan;
  private final TrainingListener listener;
  private final Files files;
  private @Nullable Scores best;

  /**
   * Prepares a training; nothing is written before the first scoring.
   *
   * @param files where the states go; folders are made where they are missing
   * @throws InlayException if a folder can't be written to, the decoder cannot learn from crops of
   *     that size, a batch is too small for the network's normalisation, or an objective does not
   *     fit its output
   */
  public Training(
      Network network,
      ClassList classes,
      TrainingPlan plan,
      Files files,
      TrainingListener listener) {
    this.network = network;
    this.classes = classes;
    this.plan = plan;
    this.listener = listener;
    this.files = files;
    Folders.check(folder(files.best()));
    if (files.last() != null) {
      Folders.check(folder(files.last()));
    }
    int height = plan.augmentation().height();
    int width = plan.augmentation().width();
    network.assembly().requireCrop(height, width);
    BatchStatistics.require(network.assembly(), plan.batch(), height, width);
    losses = new Losses(network.assembly(), plan.loss(), classes.ignore());
  }

  /** Trains to the end of the plan and returns the scores of the best state. */
  public Scores run(SampleSource train, SampleSource heldOut) {
    TrainingStep step =
        new TrainingStep(
            losses.graph(),
            losses.total(),
            losses.reported(),
            plan.options().fromPixels(network.assembly().image()),
            plan.optimizer());
    BatchPlan batches = BatchPlan.of(plan.batch(), plan.seed()).withThreads(plan.threads());
    try (TrainingProgram program = new TrainingProgram(network, step);
        Inference inference = network.inference(ProgramOptions.INFERENCE);
        BatchSource source =
            new BatchSource(train, plan.augmentation(), classes.ignore(), batches)) {
      RecentScores recent = new RecentScores(classes.size());
      long start = System.nanoTime();
      for (int i = 0; i < plan.iterations(); i++) {
        List<float[]> reported = step(program, source.next(), i);
        recent.add(reported.get(reported.size() - 1));
        Progress progress = progress(i, reported, recent, start);
        listener.iterated(progress);
        if ((i + 1) % plan.evaluateEvery() == 0 || i + 1 == plan.iterations()) {
          score(inference, heldOut, progress);
        }
      }
    }
    return Objects.requireNonNull(best);
  }

  private List<float[]> step(TrainingProgram program, Batch batch, int iteration) {
    double rate = plan.schedule().at(iteration);
    List<float[]> reported =
        program.step(
            batch.images(),
            batch.labels(),
            batch.size(),
            batch.height(),
            batch.width(),
            plan.normalization(),
            rate);
    if (!Float.isFinite(reported.get(0)[0])) {
      throw new InlayException(
          String.format(
              Locale.ROOT,
              "The loss is %s at iteration %d with the learning rate %.4g: training diverged. "
                  + "Lower the learning rate or warm up longer",
              reported.get(0)[0],
              iteration + 1,
              rate));
    }
    return reported;
  }

  private Progress progress(
      int iteration, List<float[]> reported, RecentScores recent, long start) {
    Map<String, Double> single = new LinkedHashMap<>();
    for (int i = 0; i < losses.names().size(); i++) {
      single.put(losses.names().get(i), (double) reported.get(1 + i)[0]);
    }
    return new Progress(
        iteration + 1,
        plan.iterations(),
        reported.get(0)[0],
        single,
        recent.meanIou(),
        plan.schedule().at(iteration),
        (System.nanoTime() - start) / 1e9);
  }

  private void score(Inference inference, SampleSource heldOut, Progress progress) {
    inference.prepare();
    listener.scoring(0, heldOut.size());
    Scores scores =
        Evaluation.of(
            inference,
            heldOut,
            classes,
            plan.normalization(),
            done -> listener.scoring(done, heldOut.size()));
    boolean better = best == null || scores.meanIou() > best.meanIou();
    if (better) {
      best = scores;
      save(files.best(), progress, scores);
    }
    if (files.last() != null) {
      save(files.last(), progress, scores);
    }
    listener.scored(progress, scores, better);
  }

  private void save(Path file, Progress progress, Scores scores) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("iterations", Integer.toString(progress.iteration()));
    facts.put("loss", String.format(Locale.ROOT, "%.4f", progress.loss()));
    facts.put("miou", String.format(Locale.ROOT, "%.4f", scores.meanIou()));
    facts.put("pixelAccuracy", String.format(Locale.ROOT, "%.4f", scores.pixelAccuracy()));
    facts.put("batch", Integer.toString(plan.batch()));
    facts.put("crop", plan.augmentation().height() + "x" + plan.augmentation().width());
    facts.put("rate", Double.toString(plan.schedule().rate()));
    facts.put("seed", Long.toString(plan.seed()));
    String objective = plan.loss().toString();
    if (!objective.equals(Losses.DEFAULT)) {
      facts.put("objective", objective);
    }
    Folders.make(folder(file));
    network.save(file, info(facts));
  }

  private static Path folder(Path file) {
    return Objects.requireNonNullElse(file.toAbsolutePath().getParent(), file);
  }

  private ModelInfo info(Map<String, String> facts) {
    List<String> palette = classes.classes().stream().map(LabelClass::hex).toList();
    return new ModelInfo(
        network.assembly().spec().toString(),
        classes.names(),
        palette,
        classes.ignore(),
        plan.normalization().mean(),
        plan.normalization().deviation(),
        facts);
  }
}
