package dev.inlay.cli.score;

import dev.inlay.InlayException;
import dev.inlay.cli.common.Failures;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.Meter;
import dev.inlay.cli.common.ProgramChoice;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.ClassList;
import dev.inlay.data.Dataset;
import dev.inlay.data.SampleSource;
import dev.inlay.evaluate.Evaluation;
import dev.inlay.evaluate.ScoreTable;
import dev.inlay.evaluate.Scores;
import dev.inlay.predict.SegmentationModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inlay evaluate}: scores a model on labelled images. */
@Command(
    name = "evaluate",
    description =
        "Scores a model on a split of a dataset, each image whole and at its own size: mIoU, pixel"
            + " accuracy, mean accuracy, and each class's IoU and accuracy.",
    footer = {
      "",
      "Examples:",
      "  inlay evaluate --model runs/camvid/best.safetensors --data camvid",
      "  inlay evaluate --model demo/model.safetensors --data camvid --split train \\",
      "      --json",
    })
public final class EvaluateCommand implements Runnable {

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

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Mixin private final ProgramChoice program = new ProgramChoice();

  public EvaluateCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Dataset dataset = Dataset.open(data);
    SampleSource samples = dataset.samples(split);
    dataset.skipped(split).ifPresent(note -> bench.err().println("inlay: " + note));
    requireClasses(SegmentationModel.describe(model).classes(), dataset.classes().names());
    try (SegmentationModel opened =
        SegmentationModel.open(
            model, bench.techniques(), bench.options().device(), program.options(false))) {
      print(score(opened, samples, dataset.classes()), dataset, samples.size());
    }
  }

  private void requireClasses(List<String> known, List<String> named) {
    Path descriptor = data.resolve(Dataset.DESCRIPTOR);
    if (known.size() != named.size()) {
      throw new InlayException(
          "%s tells apart %d classes (%s), but %s names %d (%s). Score it on a dataset with the model's classes."
              .formatted(model, known.size(), some(known), descriptor, named.size(), some(named)));
    }
    for (int id = 0; id < known.size(); id++) {
      if (!known.get(id).equals(named.get(id))) {
        throw new InlayException(
            "Class %d is '%s' in %s, but '%s' in %s. Score the model on a dataset with its classes in its order."
                .formatted(id, known.get(id), model, named.get(id), descriptor));
      }
    }
  }

  private static String some(List<String> names) {
    int shown = Math.min(names.size(), 12);
    return String.join(", ", names.subList(0, shown)) + (shown < names.size() ? ", ..." : "");
  }

  private Scores score(SegmentationModel opened, SampleSource samples, ClassList classes) {
    AtomicInteger scored = new AtomicInteger();
    try (Meter meter = Meter.of("scoring", samples.size(), bench.err())) {
      return Evaluation.of(
          opened.inference(),
          samples,
          classes,
          opened.normalization(),
          done -> {
            scored.set(done);
            meter.at(done, samples.name(done - 1));
          });
    } catch (RuntimeException | OutOfMemoryError e) {
      if (e instanceof InlayException || !Failures.isOutOfMemory(e)) {
        throw e;
      }
      throw new InlayException(
          "Image %s of %s: %s".formatted(samples.name(scored.get()), split, Failures.words(e)), e);
    }
  }

  private void print(Scores scores, Dataset dataset, int images) {
    if (json) {
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      all.put("model", model.toString());
      all.put("data", data.toString());
      all.put("split", split);
      all.put("images", images);
      all.putAll(scores.toJson(dataset.classes()));
      bench.out().println(Json.pretty(all));
    } else {
      bench.out().println(model + " on " + images + " images (" + split + ")\n");
      bench.out().print(ScoreTable.text(scores, dataset.classes()));
    }
  }
}
