package dev.inlay.train.report;

import dev.inlay.evaluate.Scores;
import dev.inlay.files.WholeFile;
import dev.inlay.image.Pictures;
import dev.inlay.train.Progress;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The losses and scores of a training by iteration, as a CSV table and as a picture of curves. */
public final class History {

  /** The file name of the table. */
  public static final String TABLE = "history.csv";

  /** The file name of the picture. */
  public static final String CURVES = "curves.png";

  private static final int WIDTH = 860;
  private static final int HEIGHT = 300;
  private static final int SMOOTHED = 10;

  /** The scores after an iteration; NaN for a score over no pixels. */
  public record Scoring(double meanIou, double pixelAccuracy, double meanAccuracy) {}

  private final List<Progress> iterations = new ArrayList<>();
  private final Map<Integer, Scoring> scorings = new TreeMap<>();

  /** Adds an iteration. */
  public void add(Progress progress) {
    iterations.add(progress);
  }

  /** Adds the scores on held-out images after an iteration. */
  public void add(Progress progress, Scores scores) {
    add(
        progress.iteration(),
        new Scoring(scores.meanIou(), scores.pixelAccuracy(), scores.meanAccuracy()));
  }

  /** Adds the scores on held-out images after an iteration. */
  public void add(int iteration, Scoring scoring) {
    scorings.put(iteration, scoring);
  }

  /** The iterations in their order. */
  public List<Progress> iterations() {
    return Collections.unmodifiableList(iterations);
  }

  /** The scores by iteration. */
  public Map<Integer, Scoring> scorings() {
    return Collections.unmodifiableMap(scorings);
  }

  /**
   * Writes the table and the picture into a folder.
   *
   * @throws dev.inlay.InlayException if the folder cannot be written to
   */
  public void write(Path folder) {
    WholeFile.writeText(folder.resolve(TABLE), csv());
    Pictures.write(folder.resolve(CURVES), curves());
  }

  private String csv() {
    StringBuilder csv = new StringBuilder("iteration,loss");
    if (!iterations.isEmpty()) {
      iterations.get(0).losses().keySet().forEach(name -> csv.append(",loss_").append(name));
    }
    csv.append(",train_miou,rate,seconds,val_miou,val_pixel_accuracy,val_mean_accuracy\n");
    for (Progress progress : iterations) {
      csv.append(progress.iteration()).append(',').append(number(progress.loss()));
      progress.losses().values().forEach(loss -> csv.append(',').append(number(loss)));
      csv.append(',').append(number(progress.meanIou()));
      csv.append(',').append(String.format(Locale.ROOT, "%.4e", progress.rate()));
      csv.append(String.format(Locale.ROOT, ",%.2f", progress.seconds()));
      Scoring scores = scorings.get(progress.iteration());
      csv.append(',').append(scores == null ? "" : number(scores.meanIou()));
      csv.append(',').append(scores == null ? "" : number(scores.pixelAccuracy()));
      csv.append(',').append(scores == null ? "" : number(scores.meanAccuracy())).append('\n');
    }
    return csv.toString();
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.5f", value) : "";
  }

  /** The picture: the losses above, the mIoU below. */
  public BufferedImage curves() {
    List<Double> x = iterations.stream().map(p -> (double) p.iteration()).toList();
    Plot losses = new Plot("loss").line("sum", x, smooth(p -> p.loss()));
    if (!iterations.isEmpty()) {
      for (String name : iterations.get(0).losses().keySet()) {
        losses.line(name, x, smooth(p -> p.losses().getOrDefault(name, Double.NaN)));
      }
    }
    Plot scores =
        new Plot("mIoU, percent")
            .line("training batches", x, values(p -> 100 * p.meanIou()))
            .dots(
                "held-out images",
                scorings.keySet().stream().map(Integer::doubleValue).toList(),
                scorings.values().stream().map(s -> 100 * s.meanIou()).toList());
    BufferedImage sheet = new BufferedImage(WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, 2 * HEIGHT);
    losses.draw(graphics, WIDTH, HEIGHT);
    graphics.translate(0, HEIGHT);
    scores.draw(graphics, WIDTH, HEIGHT);
    graphics.dispose();
    return sheet;
  }

  @FunctionalInterface
  private interface Value {
    double of(Progress progress);
  }

  private List<Double> values(Value value) {
    return iterations.stream().map(value::of).collect(Collectors.toList());
  }

  /**
   * The moving average over the latest ten iterations, because the values of single batches vary
   * strongly.
   */
  private List<Double> smooth(Value value) {
    List<Double> raw = values(value);
    List<Double> smooth = new ArrayList<>();
    for (int i = 0; i < raw.size(); i++) {
      smooth.add(
          raw.subList(Math.max(0, i - SMOOTHED + 1), i + 1).stream()
              .mapToDouble(Double::doubleValue)
              .average()
              .orElse(Double.NaN));
    }
    return smooth;
  }
}
