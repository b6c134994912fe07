package dev.inlay.cli.train;

import dev.inlay.cli.common.Diagram;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Page;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelledImage;
import dev.inlay.data.SampleSource;
import dev.inlay.evaluate.Scores;
import dev.inlay.files.SmallFile;
import dev.inlay.files.WholeFile;
import dev.inlay.image.LabelMap;
import dev.inlay.image.Overlay;
import dev.inlay.image.RgbImage;
import dev.inlay.train.Hook;
import dev.inlay.train.Progress;
import dev.inlay.train.State;
import dev.inlay.train.StepTime;
import dev.inlay.train.report.History;
import dev.inlay.train.run.RunFolder;
import dev.inlay.train.run.SaveFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A page about a training that can be read while it runs: curves, the scores of classes, the last
 * predictions beside the truth, and where the time goes.
 */
final class LiveReport implements Hook {

  /** The page's file in the folder of a run. */
  static final String FILE = "report.html";

  private static final long SECONDS_BETWEEN = 20;
  private static final int SHOWN = 4;
  private static final int WIDTH = 360;
  private static final int SMOOTHED = 20;
  private static final int LARGEST = 1 << 20;

  private final RunFolder folder;
  private final ClassList classes;
  private final SampleSource heldOut;
  private final String data;
  private final History history;
  private final Function<RgbImage, LabelMap> predictor;
  private final SaveFailures failures;
  private final List<String> pictures = new ArrayList<>();
  private @Nullable Scores scores;
  private @Nullable Progress latest;
  private long written;

  /**
   * A report in the folder of a run.
   *
   * @param heldOut the images that are scored, some of which are shown
   * @param data facts about the data
   * @param history all iterations so far; those of this run are added by its own hook
   * @param predictor predicts with the network that was scored last
   */
  LiveReport(
      RunFolder folder,
      ClassList classes,
      SampleSource heldOut,
      String data,
      History history,
      Function<RgbImage, LabelMap> predictor,
      SaveFailures failures) {
    this.folder = folder;
    this.classes = classes;
    this.heldOut = heldOut;
    this.data = data;
    this.history = history;
    this.predictor = predictor;
    this.failures = failures;
  }

  @Override
  public Answer iterated(Progress progress) {
    latest = progress;
    if (System.nanoTime() - written > SECONDS_BETWEEN * 1_000_000_000L) {
      write(true);
    }
    return Answer.CONTINUE;
  }

  @Override
  public Answer scored(Progress progress, Scores found, boolean best) {
    latest = progress;
    scores = found;
    pictures.clear();
    for (int index : shown(heldOut.size())) {
      pictures.add(picture(index));
    }
    write(progress.iteration() < progress.iterations());
    return Answer.CONTINUE;
  }

  @Override
  public void left(State state) {
    write(false);
  }

  /** Evenly chosen images, always the same. */
  private static Set<Integer> shown(int size) {
    Set<Integer> shown = new TreeSet<>();
    for (int i = 0; i < SHOWN; i++) {
      shown.add((int) ((long) i * size / SHOWN));
    }
    return shown;
  }

  private String picture(int index) {
    LabelledImage sample = heldOut.read(index);
    RgbImage image = sample.image();
    LabelMap found = predictor.apply(image);
    StringBuilder row = new StringBuilder("<figure>");
    for (RgbImage each :
        List.of(
            image,
            Overlay.paint(image, sample.labels(), classes, Overlay.DEFAULT_OPACITY),
            Overlay.paint(image, found, classes, Overlay.DEFAULT_OPACITY))) {
      row.append("<img alt=\"\" style=\"width:32%\" src=\"")
          .append(Page.jpeg(each, WIDTH))
          .append("\">");
    }
    return row.append("<figcaption>")
        .append(Page.escaped(heldOut.name(index)))
        .append("</figcaption></figure>\n")
        .toString();
  }

  private void write(boolean goesOn) {
    written = System.nanoTime();
    failures.during(folder.file(FILE), () -> WholeFile.writeText(folder.file(FILE), html(goesOn)));
  }

  private String html(boolean goesOn) {
    Page page = new Page("Training " + folder.path());
    if (goesOn) {
      page.line("<meta http-equiv=\"refresh\" content=\"%d\">", SECONDS_BETWEEN);
    }
    Progress now = latest;
    if (now != null) {
      page.line("<p>%s</p>", state(now, goesOn));
    }
    curves(page);
    byClass(page);
    if (!pictures.isEmpty()) {
      page.line("<h2>Predictions</h2><p>Image, truth, prediction of the last scoring.</p>");
      pictures.forEach(page::add);
    }
    time(page);
    page.line("<h2>Data</h2><p>%s</p>", Page.escaped(data));
    page.line(
        "<h2>Settings</h2><pre>%s</pre>",
        Page.escaped(SmallFile.text(folder.file(RunFolder.CONFIG), "configuration", LARGEST)));
    return page.html();
  }

  private String state(Progress now, boolean goesOn) {
    double each = now.seconds() / Math.max(1, now.iteration());
    String left =
        goesOn
            ? ", about %s left"
                .formatted(NumberText.duration(each * (now.iterations() - now.iteration())))
            : now.iteration() < now.iterations()
                ? "; stopped: inlay train --resume %s goes on"
                    .formatted(Page.escaped(TerminalText.argument(folder.path())))
                : "; done";
    return "Iteration %,d of %,d after %s%s"
        .formatted(now.iteration(), now.iterations(), NumberText.duration(now.seconds()), left);
  }

  private void curves(Page page) {
    List<Progress> all = history.iterations();
    double[] x = all.stream().mapToDouble(Progress::iteration).toArray();
    Diagram losses = new Diagram("loss", "iteration").line("sum", x, smooth(all, Progress::loss));
    if (!all.isEmpty() && all.get(0).losses().size() > 1) {
      for (String name : all.get(0).losses().keySet()) {
        losses.line(name, x, smooth(all, each -> each.losses().getOrDefault(name, Double.NaN)));
      }
    }
    double[] at = history.scorings().keySet().stream().mapToDouble(each -> each).toArray();
    double[] held =
        history.scorings().values().stream().mapToDouble(each -> 100 * each.meanIou()).toArray();
    page.add(losses.svg());
    page.add(
        new Diagram("mIoU, percent", "iteration")
            .line("training batches", x, values(all, each -> 100 * each.meanIou()))
            .dots("held-out images", at, held)
            .svg());
    page.add(
        new Diagram("learning rate", "iteration")
            .line("rate", x, values(all, Progress::rate))
            .svg());
    page.add(
        new Diagram("norm of the gradients", "iteration")
            .line("norm", x, smooth(all, Progress::gradientNorm))
            .svg());
  }

  private static double[] values(List<Progress> all, ToDoubleFunction<Progress> value) {
    return all.stream().mapToDouble(value).toArray();
  }

  /** The moving average, because the values of single batches vary strongly. */
  private static double[] smooth(List<Progress> all, ToDoubleFunction<Progress> value) {
    double[] raw = values(all, value);
    double[] smooth = new double[raw.length];
    double sum = 0;
    for (int i = 0; i < raw.length; i++) {
      sum += raw[i] - (i >= SMOOTHED ? raw[i - SMOOTHED] : 0);
      smooth[i] = sum / Math.min(SMOOTHED, i + 1);
    }
    return smooth;
  }

  private void byClass(Page page) {
    Scores found = scores;
    if (found == null) {
      return;
    }
    page.line("<h2>Classes, at the last scoring</h2>");
    page.line(
        "<table><tr><th>class</th><th>IoU</th><th></th><th>accuracy</th><th>precision</th></tr>");
    for (int id = 0; id < classes.size(); id++) {
      Scores.OfClass one = found.classes().get(id);
      page.line(
          "<tr%s><td>%s</td><td>%s</td><td class=\"text\"><span class=\"bar\" style=\"width:%.2fem;background:%s\"></span></td><td>%s</td><td>%s</td></tr>",
          one.isAbsent() ? " class=\"none\"" : "",
          Page.escaped(classes.name(id)),
          one.isAbsent() ? "absent" : NumberText.percent(one.iou()),
          Double.isNaN(one.iou()) ? 0 : 14 * one.iou(),
          classes.classes().get(id).hex(),
          NumberText.percent(one.accuracy()),
          NumberText.percent(one.precision()));
    }
    page.line("</table><p>mIoU %s</p>", NumberText.percent(found.meanIou()));
  }

  private void time(Page page) {
    List<Progress> all = history.iterations();
    double data = all.stream().map(Progress::time).mapToDouble(StepTime::data).sum();
    double gradients = all.stream().map(Progress::time).mapToDouble(StepTime::gradients).sum();
    double update = all.stream().map(Progress::time).mapToDouble(StepTime::update).sum();
    double sum = data + gradients + update;
    if (sum > 0) {
      page.line("<h2>Time of iterations</h2><table>");
      page.line(
          "<tr><td>waiting for data</td><td>%s</td></tr><tr><td>losses and gradients</td><td>%s</td></tr><tr><td>update</td><td>%s</td></tr></table>",
          NumberText.percent(data / sum),
          NumberText.percent(gradients / sum),
          NumberText.percent(update / sum));
    }
  }
}
