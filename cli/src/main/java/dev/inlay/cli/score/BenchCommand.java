package dev.inlay.cli.score;

import dev.inlay.Check;
import dev.inlay.cli.common.ImageSize;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.MapSize;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.ProgramChoice;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.Workbench;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.measure.Benchmark;
import dev.inlay.measure.ModuleBenchmark;
import dev.inlay.measure.PeakMemory;
import dev.inlay.torch.BatchSize;
import dev.inlay.torch.Torch;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay bench}: how long one prediction or training step takes, and how much memory. */
@Command(
    name = "bench",
    description =
        "Times predictions or training steps of a network, or predictions of modules side by side,"
            + " with fresh parameters on random images or maps. The engine computes with 2 threads unless --threads says otherwise.",
    footer = {
      "",
      "On a GPU, the time of a prediction includes fetching its result.",
      "",
      "Examples:",
      "  inlay bench pspnet_r50-d8",
      "  inlay bench pspnet_r50-d8 --fold --layout channels-last --precision bf16 \\",
      "      --runs 7",
      "  inlay bench \"resnet50 | auxiliary | ppm | fcn\" --mode train \\",
      "      --input 2x3x256x256 --json",
      "  inlay bench pspnet_r50-d8 --by-stage",
      "  inlay bench --module ppm --module \"aspp(rates=[12, 24, 36])\" \\",
      "      --module non-local --input 512x64x64",
    })
public final class BenchCommand implements Runnable {

  /** One measurement, for JSON. */
  private record Line(
      String net,
      String mode,
      String input,
      String device,
      int threads,
      double medianMs,
      double minMs,
      @Nullable Long peakRssMb,
      long parameters,
      String torch,
      boolean fold,
      String layout,
      String precision,
      int runs,
      int classes,
      double readyMs,
      double engineMs) {}

  private static final String IMAGES = "1x3x512x512";
  private static final String MAPS = "512x64x64";
  private static final int THREADS = 2;
  private static final int MOST_VALUES = Integer.MAX_VALUE / Float.BYTES;

  private final Workbench bench;

  @Parameters(
      paramLabel = "SPEC",
      arity = "0..1",
      description = "The network: a spec, the name of a preset, or a YAML file.")
  private String spec = "";

  @Option(
      names = "--module",
      paramLabel = "STAGE",
      description =
          "A context module, several with bars between them, or a decoder, instead of a network;"
              + " --input is then the map's CxHxW. May be repeated: the modules run in turn.")
  private List<String> modules = List.of();

  @Option(
      names = "--input",
      paramLabel = "SIZE",
      description =
          "Size of the images, 3xHxW or Bx3xHxW; default: "
              + IMAGES
              + ". With --module the map's CxHxW or BxCxHxW; default: "
              + MAPS
              + ".")
  private @Nullable String input;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "What is timed: infer or train; default: ${DEFAULT-VALUE}.")
  private String mode = "infer";

  @Option(names = "--fold", description = "Merges batch normalisation into convolutions.")
  private boolean fold;

  @Option(
      names = "--by-stage",
      description =
          "Times the stages of a prediction, each run apart from the others, beside the network in"
              + " one piece.")
  private boolean byStage;

  @Mixin private final ProgramChoice program = new ProgramChoice();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Timed runs, after two to warm up; default: ${DEFAULT-VALUE}.")
  private int runs = 5;

  @Option(
      names = "--classes",
      paramLabel = "K",
      description = "Number of classes; default: ${DEFAULT-VALUE}.")
  private int classes = 19;

  @Option(names = "--json", description = "Prints one line of JSON.")
  private boolean json;

  public BenchCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Check.oneOf("--mode", mode, "infer", "train");
    Check.atLeast("--runs", runs, 1);
    boolean train = mode.equals("train");
    Check.that(
        !(train && fold),
        "--fold is for --mode infer: folded normalisation can't be trained. Leave out one of the two.");
    Check.that(
        !(train && byStage),
        "--by-stage is for --mode infer; 'inlay trace --backward' times the stages of a training step.");
    Check.that(
        spec.isEmpty() != modules.isEmpty(),
        "bench times a network or, with --module, modules. Give one of the two; see inlay bench --help.");
    Check.that(
        modules.isEmpty() || !(train || byStage),
        "--module is for predictions in one piece; leave out --mode train and --by-stage, or give a network.");
    ProgramOptions options = program.options(train, fold);
    if (!modules.isEmpty()) {
      compareModules(options);
      return;
    }
    ImageSize size = ImageSize.parse(input == null ? IMAGES : input);
    Check.that(
        size.values() <= MOST_VALUES,
        "--input is '%s', %d values; take at most %d.",
        size,
        size.values(),
        MOST_VALUES);
    bench.options().threadsUnlessGiven(THREADS);
    Benchmark benchmark =
        new Benchmark(
            spec,
            classes,
            size.batch(),
            size.height(),
            size.width(),
            options,
            bench.options().device(),
            runs);
    if (byStage) {
      StageTable table =
          new StageTable(
              spec,
              size.toString(),
              new ProgramForm(fold, program.layout(), program.precision()),
              runs,
              classes,
              benchmark.measureByStage(bench.techniques()));
      bench.out().print(json ? Json.line(table.line()) + System.lineSeparator() : table.text());
      return;
    }
    print(line(size, benchmark.measure(bench.techniques())));
  }

  private void compareModules(ProgramOptions options) {
    MapSize size = MapSize.parse(input == null ? MAPS : input);
    bench.options().threadsUnlessGiven(THREADS);
    ModuleBenchmark benchmark =
        new ModuleBenchmark(
            size.channels(),
            new BatchSize(size.batch(), size.height(), size.width()),
            classes,
            options,
            bench.options().device(),
            runs);
    ModuleTable table =
        new ModuleTable(
            size.toString(),
            new ProgramForm(fold, program.layout(), program.precision()),
            Torch.threads(),
            runs,
            benchmark.measure(modules, bench.techniques()));
    bench.out().print(json ? Json.line(table.line()) + System.lineSeparator() : table.text());
  }

  private Line line(ImageSize size, Benchmark.Result result) {
    return new Line(
        spec,
        mode,
        size.toString(),
        result.device(),
        result.threads(),
        rounded(result.median()),
        rounded(result.least()),
        PeakMemory.mebibytes(),
        result.parameters(),
        result.torch(),
        fold,
        program.layout(),
        program.precision(),
        runs,
        classes,
        rounded(result.readyMs()),
        rounded(result.engineMs()));
  }

  private static double rounded(double milliseconds) {
    return Math.round(milliseconds * 100) / 100.0;
  }

  private void print(Line line) {
    PrintWriter out = bench.out();
    if (json) {
      out.println(Json.line(line));
      return;
    }
    String device = line.device() + " with " + line.threads() + " threads, PyTorch " + line.torch();
    String memory =
        line.peakRssMb() == null ? "unknown on this system" : line.peakRssMb() + " MiB at most";
    Table table = new Table();
    table.row("network", line.net() + ", " + NumberText.grouped(line.parameters()) + " parameters");
    table.row(
        "mode",
        line.mode() + (fold ? ", folded" : "") + ", " + line.layout() + ", " + line.precision());
    table.row("input", line.input() + ", " + classes + " classes");
    table.row("device", device);
    table.row(
        "median", milliseconds(line.medianMs()) + " of " + runs + (runs == 1 ? " run" : " runs"));
    table.row("least", milliseconds(line.minMs()));
    table.row("memory", memory);
    table.row(
        "ready",
        milliseconds(line.readyMs()) + " after the engine's " + milliseconds(line.engineMs()));
    out.print(table.text(""));
  }

  private static String milliseconds(double time) {
    return String.format(Locale.ROOT, "%.2f ms", time);
  }
}
