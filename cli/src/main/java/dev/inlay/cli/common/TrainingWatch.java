package dev.inlay.cli.common;

import dev.inlay.data.ClassList;
import dev.inlay.evaluate.ScoreTable;
import dev.inlay.evaluate.Scores;
import dev.inlay.train.Hook;
import dev.inlay.train.Progress;
import dev.inlay.train.State;
import dev.inlay.train.report.History;
import dev.inlay.train.run.SaveFailures;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a training and records its history. */
public final class TrainingWatch implements Hook, AutoCloseable {

  private final History history = new History();
  private final PrintWriter out;
  private final Meter meter;
  private final ClassList classes;
  private final @Nullable Path folder;
  private final SaveFailures failures;
  private int done;

  /**
   * Begins to watch.
   *
   * @param folder where the history is written at every scoring, and each class's scores are shown;
   *     null shows one line a scoring and writes nothing
   */
  public TrainingWatch(Workbench bench, ClassList classes, int iterations, @Nullable Path folder) {
    this(bench, classes, iterations, folder, new SaveFailures(bench::warn));
  }

  /**
   * Begins to watch.
   *
   * @param failures takes what can't be written
   */
  public TrainingWatch(
      Workbench bench,
      ClassList classes,
      int iterations,
      @Nullable Path folder,
      SaveFailures failures) {
    this.failures = failures;
    this.out = bench.out();
    this.meter = Meter.of("training", iterations, bench.err());
    this.classes = classes;
    this.folder = folder;
  }

  public History history() {
    return history;
  }

  @Override
  public Answer iterated(Progress progress) {
    done = progress.iteration();
    history.add(progress);
    meter.at(
        done,
        String.format(
            Locale.ROOT,
            "loss %.3f, mIoU %s, rate %.4f",
            progress.loss(),
            NumberText.percent(progress.meanIou()),
            progress.rate()));
    return Answer.CONTINUE;
  }

  @Override
  public void scoring(int images, int all) {
    if (images < all) {
      meter.at(done, "scoring " + images + "/" + all);
    }
  }

  @Override
  public Answer scored(Progress progress, Scores scores, boolean isBest) {
    history.add(progress, scores);
    writeHistory();
    meter.at(done, "");
    String mark = isBest ? " (best so far)" : "";
    meter.aside(
        () -> {
          out.println(
              "iteration "
                  + progress.iteration()
                  + ": held-out mIoU "
                  + NumberText.percent(scores.meanIou())
                  + mark);
          if (progress.losses().size() > 1) {
            out.println("  loss " + single(progress));
          }
          if (folder != null) {
            out.println("\n" + ScoreTable.text(scores, classes));
          }
          out.flush();
        });
    return Answer.CONTINUE;
  }

  @Override
  public void left(State state) {
    writeHistory();
  }

  private void writeHistory() {
    Path to = folder;
    if (to != null) {
      failures.during(to.resolve(History.TABLE), () -> history.write(to));
    }
  }

  /** The sum and, before their factors and weights, the single losses by name. */
  private static String single(Progress progress) {
    StringJoiner all = new StringJoiner(", ", " (", ")");
    progress
        .losses()
        .forEach((name, loss) -> all.add(name + String.format(Locale.ROOT, " %.3f", loss)));
    return String.format(Locale.ROOT, "%.3f", progress.loss()) + all;
  }

  @Override
  public void close() {
    meter.close();
  }
}
