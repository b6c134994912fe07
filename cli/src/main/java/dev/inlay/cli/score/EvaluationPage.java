package dev.inlay.cli.score;

import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Page;
import dev.inlay.data.ClassList;
import dev.inlay.evaluate.Bootstrap;
import dev.inlay.evaluate.Calibration;
import dev.inlay.evaluate.ImageScores;
import dev.inlay.evaluate.Interval;
import dev.inlay.evaluate.ModelComparison;
import dev.inlay.evaluate.ScoreTable;
import dev.inlay.evaluate.Scores;
import dev.inlay.evaluate.boundary.BoundaryScores;
import dev.inlay.image.ErrorMap;
import dev.inlay.image.LabelMap;
import dev.inlay.image.Overlay;
import dev.inlay.image.RgbImage;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An evaluation as one page of HTML. */
final class EvaluationPage {

  private static final int WIDTH = 360;
  private static final int MOST_LISTED = 200;

  private final Measured measured;
  private final ClassList classes;
  private final Page page;

  private EvaluationPage(Measured measured, ClassList classes, String title) {
    this.measured = measured;
    this.classes = classes;
    page = new Page(title);
  }

  /**
   * The page.
   *
   * @param subtitle the data and the mode
   */
  static String html(Measured measured, ClassList classes, String subtitle) {
    EvaluationPage made = new EvaluationPage(measured, classes, measured.model().model());
    made.page.line("<p>%s</p>", Page.escaped(subtitle));
    made.byClass();
    made.compared();
    made.boundaries();
    made.calibration();
    made.page.line("<h2>Which class is taken for which</h2>");
    made.page.line("<p>Rows are true classes, columns predicted ones, in percent of the row.</p>");
    made.page.add(ConfusionFigure.svg(measured.model().confusion(), classes));
    made.worst();
    made.images();
    return made.page.html();
  }

  private void byClass() {
    Scores scores = measured.model().scores();
    Bootstrap draws = measured.draws();
    page.line(
        "<p><strong style=\"font-size:160%%\">mIoU %s</strong> (95 %% interval %s), pixel accuracy %s, mean accuracy %s, mean Dice %s, frequency-weighted IoU %s; %,d images, %,d pixels</p>",
        NumberText.percent(scores.meanIou()),
        ScoreTable.text(draws.interval(Scores::meanIou)),
        NumberText.percent(scores.pixelAccuracy()),
        NumberText.percent(scores.meanAccuracy()),
        NumberText.percent(scores.meanDice()),
        NumberText.percent(scores.frequencyWeightedIou()),
        measured.model().images().size(),
        scores.pixels());
    page.line(
        "<table><tr><th>class</th><th>IoU</th><th></th><th>95 %% interval</th><th>accuracy</th><th>precision</th><th>Dice</th><th>pixels</th></tr>");
    for (int id = 0; id < classes.size(); id++) {
      int place = id;
      Scores.OfClass one = scores.classes().get(id);
      Interval interval = draws.interval(each -> each.classes().get(place).iou());
      page.line(
          "<tr%s><td>%s</td><td>%s</td><td class=\"text\"><span class=\"bar\" style=\"width:%.2fem;background:%s\"></span></td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%,d</td></tr>",
          one.isAbsent() ? " class=\"none\"" : "",
          Page.escaped(classes.name(id)),
          one.isAbsent() ? "absent" : NumberText.percent(one.iou()),
          Double.isNaN(one.iou()) ? 0 : 14 * one.iou(),
          classes.classes().get(id).hex(),
          ScoreTable.text(interval),
          NumberText.percent(one.accuracy()),
          NumberText.percent(one.precision()),
          NumberText.percent(one.dice()),
          one.pixels());
    }
    page.line("</table>");
  }

  private void compared() {
    ModelComparison comparison = measured.comparison();
    if (comparison == null) {
      return;
    }
    page.line("<h2>Compared with %s</h2>", Page.escaped(comparison.second()));
    page.line(
        "<table><tr><th>class</th><th>this</th><th>other</th><th>difference</th><th>95 %% interval</th><th class=\"text\"></th></tr>");
    row("mIoU", comparison.meanIou());
    for (int id = 0; id < classes.size(); id++) {
      row(classes.name(id), comparison.classes().get(id));
    }
    page.line("</table>");
  }

  private void row(String name, ModelComparison.Difference each) {
    page.line(
        "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td class=\"text%s\">%s</td></tr>",
        Page.escaped(name),
        NumberText.percent(each.first()),
        NumberText.percent(each.second()),
        Double.isNaN(each.value()) ? "" : String.format(Locale.ROOT, "%+.2f", 100 * each.value()),
        ScoreTable.text(each.interval()),
        switch (each.verdict()) {
          case FIRST -> " better";
          case SECOND -> " worse";
          default -> "";
        },
        ComparisonTable.words(each.verdict()));
  }

  private void boundaries() {
    @Nullable BoundaryScores boundary = measured.boundary();
    if (boundary == null) {
      return;
    }
    int tolerances = BoundaryScores.TOLERANCES.size();
    page.line("<h2>Boundaries</h2><table><tr><th>class</th><th>boundary IoU</th>");
    for (int t = 0; t < tolerances; t++) {
      page.line("<th>F1, %s</th>", boundary.words(t));
    }
    page.line("</tr><tr><td>mean</td><td>%s</td>", NumberText.percent(boundary.meanIou()));
    for (int t = 0; t < tolerances; t++) {
      page.line("<td>%s</td>", NumberText.percent(boundary.meanF1(t)));
    }
    for (int id = 0; id < classes.size(); id++) {
      page.line(
          "</tr><tr><td>%s</td><td>%s</td>",
          Page.escaped(classes.name(id)), NumberText.percent(boundary.iou(id)));
      for (int t = 0; t < tolerances; t++) {
        page.line("<td>%s</td>", NumberText.percent(boundary.f1(t, id)));
      }
    }
    page.line("</tr></table>");
  }

  private void calibration() {
    @Nullable Calibration calibration = measured.calibration();
    if (calibration != null) {
      page.line(
          "<h2>Calibration</h2><p>Expected calibration error %s: so far the probability of the predicted class is from the share that is right.</p>",
          NumberText.percent(calibration.error()));
      page.add(CalibrationFigure.svg(calibration));
    }
  }

  private void worst() {
    List<Shown.Image> worst = measured.shown().worst();
    if (worst.isEmpty()) {
      return;
    }
    page.line("<h2>The images with the lowest scores</h2>");
    page.line("<p>Image, truth, prediction, and in red what is wrong; striped is ignored.</p>");
    for (Shown.Image each : worst) {
      String name = Page.escaped(each.scores().name());
      page.line("<figure>");
      for (var part :
          List.of(
              each.sample().image(),
              painted(each, each.sample().labels()),
              painted(each, each.prediction()),
              ErrorMap.paint(
                  each.sample().image(),
                  each.sample().labels(),
                  each.prediction(),
                  classes.ignore()))) {
        page.line("<img alt=\"%s\" style=\"width:24%%\" src=\"%s\">", name, Page.jpeg(part, WIDTH));
      }
      page.line(
          "<figcaption>%s: mIoU %s</figcaption></figure>",
          name, NumberText.percent(each.scores().scores().meanIou()));
    }
  }

  private RgbImage painted(Shown.Image each, LabelMap labels) {
    return Overlay.paint(each.sample().image(), labels, classes, Overlay.DEFAULT_OPACITY);
  }

  private void images() {
    List<ImageScores> all = measured.model().worstFirst();
    List<ImageScores> shown = all.subList(0, Math.min(MOST_LISTED, all.size()));
    page.line("<h2>Images, lowest first</h2>");
    if (shown.size() < all.size()) {
      page.line("<p>The first %d of %d; images.csv has all.</p>", shown.size(), all.size());
    }
    page.line("<table><tr><th>image</th><th>mIoU</th><th>pixel accuracy</th></tr>");
    for (ImageScores image : shown) {
      page.line(
          "<tr><td>%s</td><td>%s</td><td>%s</td></tr>",
          Page.escaped(image.name()),
          NumberText.percent(image.scores().meanIou()),
          NumberText.percent(image.scores().pixelAccuracy()));
    }
    page.line("</table>");
  }
}
