package dev.inlay.cli.demo;

import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.Costs;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.TrainingWatch;
import dev.inlay.cli.common.Workbench;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.Augmentation;
import dev.inlay.data.CachedSamples;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelledImage;
import dev.inlay.data.SampleSource;
import dev.inlay.evaluate.Evaluation;
import dev.inlay.evaluate.ScoreTable;
import dev.inlay.evaluate.Scores;
import dev.inlay.files.Folders;
import dev.inlay.files.WholeFile;
import dev.inlay.image.Overlay;
import dev.inlay.image.Pictures;
import dev.inlay.image.SideBySide;
import dev.inlay.predict.SegmentationModel;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.ObjectiveSpec;
import dev.inlay.torch.Network;
import dev.inlay.train.Groups;
import dev.inlay.train.Losses;
import dev.inlay.train.OptimizerChoice;
import dev.inlay.train.Schedule;
import dev.inlay.train.Stepping;
import dev.inlay.train.Trainer;
import dev.inlay.train.TrainingPlan;
import dev.inlay.train.report.History;
import dev.inlay.train.run.ModelFiles;
import dev.inlay.train.run.SaveFailures;
import dev.inlay.weights.Normalization;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code inlay demo}: a network that is trained, scored and shown within a minute or two. */
@Command(
    name = "demo",
    description =
        "Assembles a network from plugin jars, trains it for about a minute on scenes that it"
            + " generates, scores it on scenes it never saw, and writes the model, pictures and a"
            + " report.",
    footer = {
      "",
      "Examples:",
      "  inlay demo",
      "  inlay demo --quick",
      "  inlay demo --out other-demo --seed 2",
    })
public final class DemoCommand implements Runnable {

  static final String SPEC =
      "resnet18(width=32, stride=16) | auxiliary(channels=64) | strip-pooling(channels=128)"
          + " | fcn(maps=all, convs=1, kernel=1, channels=64)";

  static final String MODEL = "model.safetensors";
  private static final String OVERLAYS = "overlays.png";
  private static final String REPORT = "report.html";

  static final int WIDTH = 160;
  static final int HEIGHT = 120;
  private static final int CROP = 96;
  private static final int BATCH = 4;
  private static final double RATE = 0.1;
  private static final int SHOWN = 6;

  private final Workbench bench;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for the model, the pictures and the report; default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("demo");

  @Option(names = "--quick", description = "Trains for a few seconds only, for less accuracy.")
  private boolean quick;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the scenes, of their order and of the initial parameters; default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  public DemoCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Folders.check(out);
    ClassList classes = Scenes.classes();
    Assembly assembly = Assembly.of(NetworkSpec.parse(SPEC, bench.techniques()), classes.size());
    Costs costs = Costs.of(assembly, 1, HEIGHT, WIDTH);
    introduce(assembly, costs);
    long start = System.nanoTime();
    History history = train(assembly, classes);
    double seconds = (System.nanoTime() - start) / 1e9;
    try (SegmentationModel model =
        SegmentationModel.open(
            out.resolve(MODEL),
            bench.techniques(),
            bench.options().device(),
            ProgramOptions.INFERENCE)) {
      SampleSource unseen = scenes(quick ? 40 : 100, 2);
      Scores scores =
          Evaluation.of(model.inference(), unseen, classes, model.normalization(), done -> {});
      BufferedImage overlays = overlays(model, unseen);
      BufferedImage curves = history.curves();
      Pictures.write(out.resolve(OVERLAYS), overlays);
      Pictures.write(out.resolve(History.CURVES), curves);
      DemoReport report =
          new DemoReport(
              costs, classes, scores, plan(), seconds, unseen.size(), out, overlays, curves);
      WholeFile.writeText(out.resolve(REPORT), report.html());
      conclude(scores, classes, unseen.size(), seconds);
    }
  }

  private History train(Assembly assembly, ClassList classes) {
    TrainingPlan plan = plan();
    SampleSource scenes =
        new CachedSamples(scenes(quick ? 200 : 600, 0), CachedSamples.DEFAULT_BYTES);
    SampleSource heldOut = new CachedSamples(scenes(20, 1), CachedSamples.DEFAULT_BYTES);
    try (Network network = Network.fresh(assembly, bench.options().device(), seed);
        TrainingWatch watch = new TrainingWatch(bench, classes, plan.iterations(), null)) {
      SaveFailures failures = new SaveFailures(bench::warn);
      ModelFiles files =
          new ModelFiles(() -> network, classes, plan, out.resolve(MODEL), null, failures);
      try (Trainer trainer = new Trainer(network, classes, plan, List.of(files, watch))) {
        trainer.run(scenes, heldOut);
        failures.require();
      }
      return watch.history();
    }
  }

  /** Scenes of one of three disjoint kinds: 0 to train on, 1 to score in training, 2 to test on. */
  private Scenes scenes(int count, int kind) {
    return new Scenes(count, WIDTH, HEIGHT, 3 * seed + kind);
  }

  private TrainingPlan plan() {
    int iterations = quick ? 200 : 780;
    return new TrainingPlan(
        iterations,
        ObjectiveSpec.parse(Losses.DEFAULT, bench.techniques()),
        new Schedule.Warmup(new Schedule.Poly(RATE, 0.9, iterations), iterations / 20),
        OptimizerChoice.parse("sgd(momentum=0.9, decay=0.0005)", bench.techniques()),
        Groups.NONE,
        Stepping.PLAIN,
        BATCH,
        Augmentation.crop(CROP, CROP).withScale(0.8, 1.25),
        iterations / (quick ? 2 : 6),
        seed,
        1,
        ProgramOptions.TRAINING.channelsLast(),
        Normalization.IMAGENET);
  }

  private BufferedImage overlays(SegmentationModel model, SampleSource scenes) {
    SideBySide sheet = new SideBySide(model.classes(), Overlay.DEFAULT_OPACITY);
    for (int i = 0; i < SHOWN; i++) {
      LabelledImage scene = scenes.read(i);
      sheet.add(scenes.name(i), scene.image(), scene.labels(), model.predict(scene.image()));
    }
    return sheet.paint();
  }

  private void introduce(Assembly assembly, Costs costs) {
    bench.out().println("The network, each stage from a plugin jar:\n");
    bench.out().println("  " + assembly.spec().toString().replace(" | ", "\n  | "));
    bench
        .out()
        .println(
            "\n%s parameters; %d steps of %d crops of generated scenes.\n"
                .formatted(
                    NumberText.grouped(costs.total().parameters()), plan().iterations(), BATCH));
    bench.out().flush();
  }

  private void conclude(Scores scores, ClassList classes, int scenes, double seconds) {
    bench
        .out()
        .println(
            "\nTrained in "
                + NumberText.duration(seconds)
                + ". On "
                + scenes
                + " scenes that it never saw:\n");
    bench.out().println(ScoreTable.text(scores, classes));
    Table files = new Table();
    files.row(out.resolve(REPORT).toString(), "all of it in one page: open it in a browser");
    files.row(out.resolve(MODEL).toString(), "the model");
    files.row(out.resolve(OVERLAYS).toString(), "six scenes beside the truth");
    files.row(out.resolve(History.CURVES).toString(), "loss and mIoU");
    bench.out().print(files.text("  "));
  }
}
