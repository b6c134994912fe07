package dev.inlay.cli.score;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.cli.common.Failures;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.Meter;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.ProgramChoice;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.ClassList;
import dev.inlay.data.Dataset;
import dev.inlay.data.SampleSource;
import dev.inlay.evaluate.Bootstrap;
import dev.inlay.evaluate.Calibration;
import dev.inlay.evaluate.ConfusionMatrix;
import dev.inlay.evaluate.Evaluated;
import dev.inlay.evaluate.Evaluation;
import dev.inlay.evaluate.ImageScores;
import dev.inlay.evaluate.Interval;
import dev.inlay.evaluate.ScoreTable;
import dev.inlay.evaluate.Scores;
import dev.inlay.evaluate.boundary.BoundaryScores;
import dev.inlay.files.Folders;
import dev.inlay.files.WholeFile;
import dev.inlay.predict.SegmentationModel;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inlay evaluate}: scores a model on labelled images. */
@Command(
    name = "evaluate",
    description =
        "Scores a model on a split of a dataset, at each image's own size: mIoU with a 95 %% interval,"
            + " and each class's IoU, accuracy, precision and Dice coefficient. --report writes a page"
            + " with the confusion matrix and the images with the lowest scores.",
    footer = {
      "",
      "Examples:",
      "  inlay evaluate --model runs/camvid/best.safetensors --data camvid",
      "  inlay evaluate --model runs/camvid/best.safetensors --data camvid \\",
      "      --report runs/camvid/scores --boundary --calibration",
      "  inlay evaluate --model runs/b/best.safetensors --data camvid \\",
      "      --compare runs/a/best.safetensors",
      "  inlay evaluate --model city.safetensors --data cityscapes --mode slide \\",
      "      --window 512x1024 --scales 0.75,1,1.25 --flip",
      "  inlay evaluate --model demo/model.safetensors --data camvid --split train \\",
      "      --json",
    })
public final class EvaluateCommand implements Runnable {

  private static final int WORST = 8;

  private final Workbench bench;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "The model, a safetensors file that inlay train wrote.")
  private Path model = Path.of("");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The dataset's folder; its classes must be the model's.")
  private Path data = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "The split to score on; default: ${DEFAULT-VALUE}.")
  private String split = "val";

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Writes report.html, scores.json and images.csv, which has every image's scores, the"
              + " lowest first; default: none.")
  private @Nullable Path report;

  @Option(
      names = "--compare",
      paramLabel = "OTHER",
      description =
          "Another model, or the folder of a --report on the same images: says for each class which"
              + " one is better, and whether by more than chance (paired bootstrap over images).")
  private @Nullable Path other;

  @Option(
      names = "--boundary",
      description =
          "Also scores boundaries: F1 within some tolerances, and boundary IoU; takes longer.")
  private boolean boundary;

  @Option(
      names = "--calibration",
      description =
          "Also the expected calibration error of the probabilities; predicts each image twice.")
  private boolean calibration;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Mixin private final PredictionMode mode = new PredictionMode();

  @Mixin private final ProgramChoice program = new ProgramChoice();

  public EvaluateCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    mode.check();
    Check.that(
        !calibration || mode.isPlain(),
        "--calibration is for images that are predicted whole and once. Leave out --mode, --scales and --flip, or --calibration.");
    if (report != null) {
      Folders.check(report);
    }
    Dataset dataset = Dataset.open(data);
    SampleSource samples = dataset.samples(split);
    dataset.skipped(split).ifPresent(note -> bench.err().println("inlay: " + note));
    List<String> names = dataset.classes().names();
    requireClasses(model, names);
    Evaluated earlier = null;
    if (other != null && Files.isDirectory(other)) {
      earlier = EarlierScores.read(other, names);
    } else if (other != null) {
      requireClasses(other, names);
    }
    Measured measured = measure(model, samples, dataset.classes(), true);
    if (other != null) {
      Evaluated second =
          earlier != null ? earlier : measure(other, samples, dataset.classes(), false).model();
      measured = measured.with(measured.model().against(second));
    }
    if (report != null) {
      write(measured, dataset, report);
    }
    print(measured, dataset);
  }

  private void requireClasses(Path file, List<String> named) {
    List<String> known = SegmentationModel.describe(file).classes();
    Path descriptor = data.resolve(Dataset.DESCRIPTOR);
    if (known.size() != named.size()) {
      throw new InlayException(
          "%s tells apart %d classes (%s), but %s names %d (%s). Score it on a dataset with the model's classes."
              .formatted(file, known.size(), some(known), descriptor, named.size(), some(named)));
    }
    for (int id = 0; id < known.size(); id++) {
      if (!known.get(id).equals(named.get(id))) {
        throw new InlayException(
            "Class %d is '%s' in %s, but '%s' in %s. Score the model on a dataset with its classes in its order."
                .formatted(id, known.get(id), file, named.get(id), descriptor));
      }
    }
  }

  private static String some(List<String> names) {
    int shown = Math.min(names.size(), 12);
    return String.join(", ", names.subList(0, shown)) + (shown < names.size() ? ", ..." : "");
  }

  /**
   * Scores a model.
   *
   * @param all whether boundaries, calibration and single images are wanted, if asked for
   */
  private Measured measure(Path file, SampleSource samples, ClassList classes, boolean all) {
    BoundaryScores edges =
        all && boundary ? new BoundaryScores(classes.size(), classes.ignore()) : null;
    Calibration sure = all && calibration ? new Calibration(classes.ignore()) : null;
    Shown shown = new Shown(all && report != null ? WORST : 0);
    List<ImageScores> images = new ArrayList<>();
    try (SegmentationModel opened =
            SegmentationModel.open(
                file, bench.techniques(), bench.options().device(), program.options(false));
        Meter meter = Meter.of("scoring", samples.size(), bench.err())) {
      ConfusionMatrix confusion =
          Evaluation.of(
              mode.of(opened),
              samples,
              classes,
              (scores, sample, prediction) -> {
                images.add(scores);
                if (edges != null) {
                  edges.add(sample.labels(), prediction);
                }
                if (sure != null) {
                  sure.add(sample.labels(), opened.probabilities(sample.image()));
                }
                shown.add(scores, sample, prediction);
                meter.at(scores.index() + 1, scores.name());
              });
      Evaluated evaluated = new Evaluated(file.toString(), images, confusion);
      return new Measured(evaluated, evaluated.bootstrap(), edges, sure, null, shown);
    } catch (RuntimeException | OutOfMemoryError e) {
      if (e instanceof InlayException || !Failures.isOutOfMemory(e)) {
        throw e;
      }
      throw new InlayException(
          "Image %s of %s: %s".formatted(samples.name(images.size()), split, Failures.words(e)), e);
    }
  }

  private void write(Measured measured, Dataset dataset, Path folder) {
    Folders.make(folder);
    String subtitle = "%s, %s (%s); %s".formatted(dataset.info().name(), data, split, mode.words());
    Map<String, @Nullable Object> scores = json(measured, dataset);
    scores.put("confusion", measured.model().confusion().rows());
    scores.put("perImage", measured.model().imagesToJson());
    WholeFile.writeText(folder.resolve(EarlierScores.FILE), Json.pretty(scores) + "\n");
    WholeFile.writeText(
        folder.resolve("images.csv"), measured.model().imagesToCsv(dataset.classes()));
    WholeFile.writeText(
        folder.resolve("report.html"), EvaluationPage.html(measured, dataset.classes(), subtitle));
  }

  private Map<String, @Nullable Object> json(Measured measured, Dataset dataset) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("model", model.toString());
    all.put("data", data.toString());
    all.put("split", split);
    all.put("mode", mode.words());
    all.put("images", measured.model().images().size());
    all.putAll(measured.model().scores().toJson(dataset.classes()));
    Map<String, Object> intervals = new LinkedHashMap<>();
    intervals.put("miou", ends(measured.draws().interval(Scores::meanIou)));
    intervals.put("classes", intervals(measured, dataset.classes()));
    all.put("intervals", intervals);
    if (measured.boundary() != null) {
      all.put("boundary", BoundaryTable.json(measured.boundary(), dataset.classes()));
    }
    if (measured.calibration() != null) {
      all.put("calibrationError", measured.calibration().error());
    }
    if (measured.comparison() != null) {
      all.put("comparison", measured.comparison().toJson(dataset.classes()));
    }
    return all;
  }

  private static Map<String, List<Double>> intervals(Measured measured, ClassList classes) {
    Bootstrap draws = measured.draws();
    Map<String, List<Double>> all = new LinkedHashMap<>();
    for (int id = 0; id < classes.size(); id++) {
      int place = id;
      all.put(classes.name(id), ends(draws.interval(scores -> scores.classes().get(place).iou())));
    }
    return all;
  }

  /** The two ends; none for a score that is absent. */
  private static List<Double> ends(Interval interval) {
    return Double.isNaN(interval.low()) ? List.of() : List.of(interval.low(), interval.high());
  }

  private void print(Measured measured, Dataset dataset) {
    if (json) {
      bench.out().println(Json.pretty(json(measured, dataset)));
      return;
    }
    ClassList classes = dataset.classes();
    Evaluated evaluated = measured.model();
    Bootstrap draws = measured.draws();
    List<Interval> intervals = new ArrayList<>();
    for (int id = 0; id < classes.size(); id++) {
      int place = id;
      intervals.add(draws.interval(scores -> scores.classes().get(place).iou()));
    }
    PrintWriter to = bench.out();
    to.println(
        "%s on %d images (%s), %s\n"
            .formatted(model, evaluated.images().size(), split, mode.words()));
    to.print(ScoreTable.text(evaluated.scores(), classes, intervals));
    to.println(
        "mIoU's 95 %% interval %s, mean precision %s, mean Dice %s, frequency-weighted IoU %s"
            .formatted(
                ScoreTable.text(draws.interval(Scores::meanIou)),
                NumberText.percent(evaluated.scores().meanPrecision()),
                NumberText.percent(evaluated.scores().meanDice()),
                NumberText.percent(evaluated.scores().frequencyWeightedIou())));
    if (measured.boundary() != null) {
      to.print("\n" + BoundaryTable.text(measured.boundary(), classes));
    }
    if (measured.calibration() != null) {
      to.println(
          "\nexpected calibration error " + NumberText.percent(measured.calibration().error()));
    }
    if (measured.comparison() != null) {
      to.print("\n" + ComparisonTable.text(measured.comparison(), classes));
    }
    if (report != null) {
      to.println("\nReport: " + report.resolve("report.html"));
    }
  }
}
