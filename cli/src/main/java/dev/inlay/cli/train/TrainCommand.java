package dev.inlay.cli.train;

import dev.inlay.Check;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.BatchStatistics;
import dev.inlay.assemble.StagePreparation;
import dev.inlay.cli.common.CommonOptions;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.ProgramChoice;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.CachedSamples;
import dev.inlay.data.ClassList;
import dev.inlay.data.Dataset;
import dev.inlay.data.LabelSource;
import dev.inlay.data.SampleSource;
import dev.inlay.files.Folders;
import dev.inlay.graph.Parameter;
import dev.inlay.image.RgbImage;
import dev.inlay.prepare.Prepared;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.torch.Network;
import dev.inlay.train.InitSpec;
import dev.inlay.train.Losses;
import dev.inlay.train.ParameterNames;
import dev.inlay.train.State;
import dev.inlay.train.TrainingPlan;
import dev.inlay.train.report.History;
import dev.inlay.train.run.RunFolder;
import dev.inlay.weights.Normalization;
import dev.inlay.weights.Safetensors;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code inlay train}: trains a network on a dataset and saves it as a file. */
@Command(
    name = "train",
    description =
        "Trains a network on a dataset, from random or given weights, scores it on held-out images"
            + " at intervals, and saves the best and the last model. A training that was stopped or"
            + " killed goes on with --resume as if it had not.",
    footer = {
      "",
      "A dataset is a folder with a dataset.yaml that names the classes and splits.",
      "",
      "Examples:",
      "  inlay train --network \"resnet18(width=32, stride=16) | auxiliary | fcn\" \\",
      "      --data camvid --out runs/camvid --iterations 300",
      "  inlay train --network pspnet_r50-d8 --data camvid --out runs/psp --batch 16 \\",
      "      --crop 240x320 --rate 0.02 --scale 0.75-1.5 --layout channels-last",
      "  inlay train --resume runs/camvid",
      "  inlay train --network network.yaml --data camvid --out runs/mine --seed 2",
      "  inlay train --recipe camvid-fast --network pspnet_r18-d8 --data camvid \\",
      "      --out runs/fast -s optimizer.rate=0.02",
      "  inlay train --config runs/fast/run.yaml --seed 2 --out runs/again",
      "  inlay train --network pspnet_r50-d8 --data camvid --out runs/dice \\",
      "      --loss \"0.5*dice(smooth=1) + cross-entropy\"",
      "  inlay train --network pspnet_r50-d8 --weights pspnet_cityscapes.pth \\",
      "      --reset classifier --data camvid --out runs/finetuned",
      "  inlay train --network \"resnet50(stem=plain) | auxiliary | ppm | fcn\" \\",
      "      --weights resnet50.pth --backbone-only --data camvid --out runs/psp",
    })
public final class TrainCommand implements Callable<Integer> {

  private final Workbench bench;

  @Spec private @Nullable CommandSpec command;

  @Option(
      names = "--network",
      required = true,
      paramLabel = "SPEC",
      description = "The network: a spec, the name of a preset, or a YAML file.")
  private String network = "";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The dataset's folder.")
  private Path data = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder for best.safetensors, last.safetensors, history.csv, curves.png, the log log.jsonl,"
              + " and what --resume needs: run.yaml and state.safetensors.")
  private Path out = Path.of("");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings by key, as 'inlay config show' prints them; the run.yaml of another training"
              + " is such a file. Options given besides count more.")
  private @Nullable Path config;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description =
          "Defaults of a project or for a purpose, which --config and options override; 'inlay"
              + " config recipes' lists them; default: none.")
  private @Nullable String recipe;

  @Option(
      names = {"-s", "--set"},
      paramLabel = "KEY=VALUE",
      description = "One setting by its key, as in -s optimizer.rate=0.02; may be repeated.")
  private List<String> set = List.of();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Goes on with the training in this folder, with its options, to the same weights as"
              + " without a break; --workers, --device and --threads may be given besides.")
  private @Nullable Path resume;

  @Option(names = "--overwrite", description = "Replaces a training that --out has already.")
  private boolean overwrite;

  @Option(
      names = "--save-every",
      paramLabel = "N",
      description =
          "Iterations between two savings of the state, besides those at scorings; 0 saves at"
              + " scorings alone; default: ${DEFAULT-VALUE}.")
  private int saveEvery;

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      description =
          "The loss: an objective, or a weighted sum of several, as in"
              + " \"0.5*dice(smooth=1) + cross-entropy\" or \"cross-entropy(balance=enet)\", which"
              + " computes classes' weights from the labels; default: ${DEFAULT-VALUE}. 'inlay"
              + " list' shows the objectives.")
  private String loss = Losses.DEFAULT;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Training iterations, one batch each; default: ${DEFAULT-VALUE}.")
  private int iterations = 300;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images in a batch; default: ${DEFAULT-VALUE}.")
  private int batch = 8;

  @Option(
      names = "--crop",
      paramLabel = "HxW",
      description =
          "Size of the random crops in pixels, as in 240x320; default: two thirds of the first"
              + " image's height and width, 512 at most.")
  private @Nullable String crop;

  @Mixin private final ScheduleOptions schedule = new ScheduleOptions();

  @Mixin private final OptimizerOptions optimizer = new OptimizerOptions();

  @Mixin private final StepOptions steps = new StepOptions();

  @Mixin private final AugmentationOptions augmentation = new AugmentationOptions();

  @Option(
      names = "--evaluate-every",
      paramLabel = "N",
      description = "Iterations between two scorings; default: a fifth of all.")
  private @Nullable Integer evaluateEvery;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "The split to train on; default: ${DEFAULT-VALUE}.")
  private String split = "train";

  @Option(
      names = "--val-split",
      paramLabel = "NAME",
      description = "The split to score on; default: ${DEFAULT-VALUE}.")
  private String valSplit = "val";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the initial parameters and of the order and crops of images; default:"
              + " ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Mixin private final WeightsOptions weights = new WeightsOptions();

  @Option(
      names = "--prepare",
      description =
          "Computes the decoder's parameters from the labels before training, as inlay prepare"
              + " does, and saves them as prepared.safetensors.")
  private boolean prepare;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads that prepare images; default: ${DEFAULT-VALUE}.")
  private int workers = 1;

  @Mixin private final DataCheck check = new DataCheck();

  @Mixin private final ProgramChoice program = new ProgramChoice();

  public TrainCommand(Workbench bench) {
    this.bench = bench;
  }

  /** The options of the command alone, to read values with. */
  static CommandLine options() {
    CommandLine line =
        new CommandLine(
            new TrainCommand(
                new Workbench(
                    new CommonOptions(),
                    Map.of(),
                    new PrintWriter(Writer.nullWriter()),
                    new PrintWriter(Writer.nullWriter()))));
    line.addMixin("common", new CommonOptions());
    return line;
  }

  @Override
  public Integer call() {
    checkNumbers();
    weights.check();
    Folders.check(out);
    if (resume == null && !overwrite) {
      RunFolder.requireFree(out);
    }
    Dataset dataset = Dataset.open(data);
    SampleSource train = new CachedSamples(dataset.samples(split), CachedSamples.DEFAULT_BYTES);
    SampleSource heldOut = dataset.samples(valSplit);
    for (String each : new TreeSet<>(List.of(split, valSplit))) {
      dataset.skipped(each).ifPresent(note -> bench.err().println("inlay: " + note));
    }
    NetworkSpec spec = NetworkSpec.parse(network, bench.techniques());
    ObjectiveSpec written = ObjectiveSpec.parse(loss, bench.techniques());
    ObjectiveSpec objective =
        written.withLabels(
            () -> LabelReading.counts(dataset.labels(split), dataset.classes(), bench.err()));
    Assembly assembly = Assembly.of(spec, dataset.classes().size());
    RgbImage first = train.read(0).image();
    Crop size = crop == null ? Crop.of(first) : Crop.parse(crop);
    ParameterNames names = new ParameterNames(assembly);
    TrainingPlan plan = plan(objective, size, names);
    assembly.requireCrop(size.height(), size.width());
    BatchStatistics.require(assembly, batch, size.height(), size.width());
    Optional<StagePreparation> preparation =
        prepare ? Optional.of(Prepared.preparation(assembly)) : Optional.empty();
    InitSpec init = weights.init(names);
    try (Network fresh = Network.fresh(assembly, bench.options().device(), seed, init::of)) {
      check.run(dataset, split, valSplit, bench);
      introduce(dataset, assembly, names, plan, size, train.size(), heldOut.size());
      TrainingPlan fitting =
          resume == null ? plan.withNormalization(weights.begin(fresh, bench)) : plan;
      Map<String, String> facts = TrainingFacts.of(bench, train, heldOut);
      try (RunFolder folder =
          resume == null ? RunFolder.begin(out, overwrite) : RunFolder.resume(resume)) {
        if (resume == null) {
          preparation.ifPresent(stage -> prepare(fresh, stage, dataset));
          RunFile.write(
              folder.file(RunFolder.CONFIG),
              settings(spec, objective, size, fitting),
              fitting.normalization(),
              facts);
        } else {
          RunFile begun = RunFile.read(folder.file(RunFolder.CONFIG));
          TrainingFacts.compare(begun.facts(), facts, bench);
          fitting = fitting.withNormalization(begun.normalization());
        }
        TrainingRun.End end =
            new TrainingRun(
                    bench,
                    folder,
                    dataFacts(dataset, train.size(), heldOut.size()),
                    saveEvery,
                    steps.patience())
                .train(fresh, dataset.classes(), fitting, train, heldOut, resume != null);
        if (end.exitCode() == 0) {
          conclude(folder, Objects.requireNonNull(end.best()));
        }
        return end.exitCode();
      }
    }
  }

  /** The settings by option, with the values that were chosen for those left out. */
  private Map<String, String> settings(
      NetworkSpec spec, ObjectiveSpec objective, Crop size, TrainingPlan plan) {
    Map<String, String> values = new LinkedHashMap<>();
    for (OptionSpec option : Objects.requireNonNull(command).options()) {
      @Nullable Object value = option.getValue();
      if (value != null && Settings.key(option.longestName()).isPresent()) {
        values.put(option.longestName(), String.valueOf(value));
      }
    }
    values.put("--network", spec.toString());
    values.put("--loss", objective.toString());
    values.put("--data", data.toAbsolutePath().normalize().toString());
    values.put("--crop", size.toString());
    values.put("--evaluate-every", Integer.toString(plan.evaluateEvery()));
    return values;
  }

  private void prepare(Network fresh, StagePreparation stage, Dataset dataset) {
    ClassList classes = dataset.classes();
    LabelSource labels = dataset.labels(split);
    Prepared prepared =
        LabelReading.prepared(fresh.assembly(), stage, labels, classes, bench.err());
    Folders.make(out);
    Path file = out.resolve("prepared.safetensors");
    prepared.save(file, Map.of());
    try (Safetensors opened = Safetensors.open(file)) {
      fresh.begin(opened);
    }
    bench.out().println("prepared " + stage.preparation().summary());
  }

  /** Checks the numbers under the names of their options. */
  private void checkNumbers() {
    Check.atLeast("--iterations", iterations, 1);
    Check.atLeast("--batch", batch, 1);
    schedule.check();
    optimizer.check();
    steps.check();
    Check.atLeast("--evaluate-every", evaluateEvery == null ? 1 : evaluateEvery, 1);
    Check.atLeast("--workers", workers, 1);
    Check.atLeast("--save-every", saveEvery, 0);
    Check.that(
        resume == null || !overwrite,
        "--resume goes on with a training, and --overwrite replaces it. Leave out one of the two.");
  }

  private TrainingPlan plan(ObjectiveSpec objective, Crop size, ParameterNames names) {
    return new TrainingPlan(
        iterations,
        objective,
        schedule.schedule(iterations),
        optimizer.choice(bench.techniques()),
        steps.groups(names),
        steps.stepping(names),
        batch,
        augmentation.augmentation(size),
        evaluateEvery == null ? Math.max(1, (iterations + 4) / 5) : evaluateEvery,
        seed,
        workers,
        program.options(true),
        Normalization.IMAGENET);
  }

  private void introduce(
      Dataset dataset,
      Assembly assembly,
      ParameterNames names,
      TrainingPlan plan,
      Crop size,
      int images,
      int heldOut) {
    long parameters =
        assembly.graph().parameters().values().stream()
            .filter(Parameter::isTrained)
            .mapToLong(Parameter::size)
            .sum();
    Table table = new Table();
    table.row("network", assembly.spec().toString());
    table.row("", NumberText.grouped(parameters) + " parameters");
    table.row("data", dataset.info().name() + " in " + dataset.folder());
    table.row("", dataFacts(dataset, images, heldOut));
    table.row(
        "steps",
        "%d of %d images, crop %s, scale %s"
            .formatted(plan.iterations(), batch, size, augmentation.scale()));
    table.row("loss", plan.loss().toString());
    assembly
        .sides()
        .forEach(
            (name, side) ->
                table.row("", name + ": " + side.objective() + ", weight " + side.weight()));
    table.row("rate", schedule.summary(iterations));
    steps.introduce(table, names, plan.stepping(), plan.groups(), batch);
    bench.out().println(table.text(""));
    bench.out().flush();
  }

  private String dataFacts(Dataset dataset, int images, int heldOut) {
    return "%d classes, %d images to train on (%s), %d to score on (%s)"
        .formatted(dataset.classes().size(), images, split, heldOut, valSplit);
  }

  private void conclude(RunFolder folder, State.Best best) {
    Path model = folder.file(RunFolder.BEST);
    Path last = folder.file(RunFolder.LAST);
    PrintWriter to = bench.out();
    to.println(
        "best mIoU " + NumberText.percent(best.meanIou()) + " at iteration " + best.iteration());
    Table files = new Table();
    files.row(model.toString(), "the model at its best");
    files.row(last.toString(), "the model at the end");
    files.row(folder.file(LiveReport.FILE).toString(), "curves, classes, predictions and settings");
    files.row(out.resolve(History.TABLE).toString(), "loss, mIoU and rate of every step");
    files.row(out.resolve(History.CURVES).toString(), "the same as curves");
    to.println(files.text("  "));
    to.println("Go on with:");
    to.println(
        "  inlay evaluate --model "
            + TerminalText.argument(model)
            + " --data "
            + TerminalText.argument(data)
            + " --split "
            + valSplit);
    to.println(
        "  inlay predict --model " + TerminalText.argument(model) + " IMAGE... --out predictions");
  }
}
