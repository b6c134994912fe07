package dev.inlay.cli.train;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.Costs;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Workbench;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.data.Dataset;
import dev.inlay.files.Folders;
import dev.inlay.files.SmallFile;
import dev.inlay.files.WholeFile;
import dev.inlay.image.RgbImage;
import dev.inlay.measure.Benchmark;
import dev.inlay.predict.SegmentationModel;
import dev.inlay.spec.Kind;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.train.run.RunFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code inlay sweep}: trains one network with many context modules, and compares them. */
@Command(
    name = "sweep",
    description =
        "Trains BACKBONE | auxiliary | CONTEXT | fcn for each of many context modules, on the same"
            + " data with the same settings and seed, and compares mIoU with cost. Run again, it goes"
            + " on where it was stopped or killed. A training that fails is a row with its reason;"
            + " the exit code then is 1.",
    footer = {
      "",
      "Examples:",
      "  inlay sweep --data camvid --out runs/sweep --iterations 300",
      "  inlay sweep --backbone \"resnet18(width=32, stride=16)\" \\\\",
      "      --context ppm,aspp,criss-cross --data camvid --out runs/three",
      "  inlay sweep --context \"aspp(rates=[6, 12]),aspp(rates=[12, 24])\" \\\\",
      "      --recipe camvid-fast -s data.batch=4 --data camvid --out runs/rates",
    })
public final class SweepCommand implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int RUNS = 5;
  private static final String RESULT = "result.json";
  private static final String SETTINGS = "settings.txt";
  private static final int LARGEST = 1 << 20;

  private final Workbench bench;

  @Option(
      names = "--backbone",
      paramLabel = "SPEC",
      description = "The backbone; default: ${DEFAULT-VALUE}.")
  private String backbone = "resnet18(width=32, stride=16)";

  @Option(
      names = "--decoder",
      paramLabel = "SPEC",
      description = "The decoder; default: ${DEFAULT-VALUE}.")
  private String decoder = "fcn";

  @Option(
      names = "--context",
      paramLabel = "SPEC,...",
      description = "The context modules; default: all.")
  private @Nullable String contexts;

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
          "Folder for sweep.html, sweep.csv, and a folder for each training with its log.")
  private Path out = Path.of("");

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description =
          "Training iterations of each; default: those of --config, -s or --recipe, else 300.")
  private @Nullable Integer given;

  private int iterations = 300;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description = "A recipe of inlay train; default: none.")
  private @Nullable String recipe;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings of inlay train by key; default: none.")
  private @Nullable Path config;

  @Option(
      names = {"-s", "--set"},
      paramLabel = "KEY=VALUE",
      description = "One setting of inlay train by its key; may be repeated.")
  private List<String> set = List.of();

  public SweepCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Map<String, Setting> layers = TrainArguments.layers(settings());
    String layered = value(layers, "--iterations", Integer.toString(iterations));
    iterations = given == null ? Integer.parseInt(layered) : given;
    Check.atLeast("--iterations", iterations, 1);
    Folders.check(out);
    Dataset dataset = Dataset.open(data);
    RgbImage first = dataset.samples(value(layers, "--val-split", "val")).read(0).image();
    NetworkSpec.parse(backbone + " | " + decoder, bench.techniques());
    List<String> wanted = contexts == null ? all(bench.techniques()) : split(contexts);
    if (contexts != null) { // What someone wrote wrongly is told before an hour of training.
      wanted.forEach(context -> NetworkSpec.parse(network(context), bench.techniques()));
    }
    wanted.forEach(this::requireSameSettings);
    Folders.make(out);
    List<SweepRow> rows = new ArrayList<>();
    for (String context : wanted) {
      bench.out().print("%d/%d %s: ".formatted(rows.size() + 1, wanted.size(), context));
      bench.out().flush();
      SweepRow row;
      try {
        row = row(context, dataset, first);
      } catch (Interrupted e) {
        bench.out().println("stopped; run the same command again to go on");
        return e.code;
      }
      rows.add(row);
      bench.out().println(row.failure() == null ? words(row) : "failed: " + row.failure());
      write(rows, dataset);
    }
    bench.out().println("\n" + SweepPage.text(rows) + "\n" + out.resolve("sweep.html"));
    return rows.stream().anyMatch(row -> row.failure() != null) ? FAILED : 0;
  }

  private static String words(SweepRow row) {
    double miou = row.miou() == null ? Double.NaN : row.miou();
    return "mIoU %s, %s multiply-adds, %s"
        .formatted(
            NumberText.percent(miou),
            NumberText.scaled(row.multiplyAdds()),
            NumberText.duration(row.seconds()));
  }

  /** The context modules, without that which only adds a side output. */
  private static List<String> all(Techniques techniques) {
    return techniques.all().stream()
        .filter(technique -> Kind.of(technique) == Kind.CONTEXT_MODULE)
        .map(technique -> technique.name())
        .filter(name -> !name.equals("auxiliary"))
        .sorted()
        .toList();
  }

  /** Splits at commas outside of brackets. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? ',' : text.charAt(i);
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      if (c == ',' && (depth == 0 || i == text.length())) {
        String part = text.substring(from, i).strip();
        Check.that(
            !part.isEmpty(),
            "--context is '%s', which has an empty name. Write names divided by single commas.",
            text);
        parts.add(part);
        from = i + 1;
      }
    }
    return parts;
  }

  private List<String> settings() {
    List<String> settings = new ArrayList<>();
    if (recipe != null) {
      settings.add("--recipe=" + recipe);
    }
    if (config != null) {
      settings.add("--config=" + config);
    }
    set.forEach(each -> settings.add("--set=" + each));
    return settings;
  }

  private String network(String context) {
    return "%s | auxiliary | %s | %s".formatted(backbone, context, decoder);
  }

  private static String value(Map<String, Setting> layers, String option, String otherwise) {
    Setting setting = layers.get(option);
    return setting == null ? otherwise : setting.value();
  }

  private Path folder(String context) {
    return out.resolve(context.replaceAll("[^A-Za-z0-9._=-]+", "_"));
  }

  /** All that a training of this sweep is begun with. */
  private String[] beginning(String context) {
    List<String> arguments = new ArrayList<>(List.of("train"));
    arguments.addAll(settings());
    arguments.addAll(
        List.of(
            "--network=" + network(context),
            "--data=" + data.toAbsolutePath().normalize(),
            "--out=" + folder(context),
            "--overwrite",
            "--iterations=" + iterations));
    return TrainArguments.full(arguments.toArray(String[]::new));
  }

  /** The settings of a training as text, one a line. */
  private String identity(String context) {
    return Arrays.stream(beginning(context))
            .filter(argument -> !argument.startsWith("--out=") && !argument.equals("--overwrite"))
            .sorted()
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  /** A training of other settings must not stand for one of these. */
  private void requireSameSettings(String context) {
    Path folder = folder(context);
    if (!Files.exists(folder.resolve(RunFolder.STATE)) && !Files.exists(folder.resolve(RESULT))) {
      return;
    }
    Path file = folder.resolve(SETTINGS);
    List<String> before =
        Files.exists(file) ? SmallFile.text(file, "settings", LARGEST).lines().toList() : List.of();
    List<String> now = identity(context).lines().toList();
    if (!before.equals(now)) {
      List<String> then = before.stream().filter(line -> !now.contains(line)).toList();
      List<String> other = now.stream().filter(line -> !before.contains(line)).toList();
      throw new InlayException(
          "%s has a training with other settings: %s there, %s now. Name another --out, or give the same settings."
              .formatted(folder, then, other));
    }
  }

  private SweepRow row(String context, Dataset dataset, RgbImage first) {
    String network = network(context);
    Path folder = folder(context);
    try {
      String full = NetworkSpec.parse(network, bench.techniques()).toString();
      Optional<SweepRow> before = SweepRow.read(folder.resolve(RESULT), full, iterations);
      if (before.isPresent()) {
        return before.get();
      }
      Assembly assembly =
          Assembly.of(NetworkSpec.parse(network, bench.techniques()), dataset.classes().size());
      Costs.Sum cost = Costs.of(assembly, 1, first.height(), first.width()).total();
      train(context, folder);
      Map<String, String> facts =
          SegmentationModel.describe(folder.resolve(RunFolder.BEST)).training();
      double time =
          new Benchmark(
                  network,
                  dataset.classes().size(),
                  1,
                  first.height(),
                  first.width(),
                  ProgramOptions.INFERENCE,
                  bench.options().device(),
                  RUNS)
              .measure(bench.techniques())
              .median();
      SweepRow row =
          new SweepRow(
              context,
              full,
              iterations,
              Double.valueOf(facts.getOrDefault("miou", "NaN")),
              Double.valueOf(facts.getOrDefault("pixelAccuracy", "NaN")),
              cost.parameters(),
              cost.convMacs() + cost.attentionMacs(),
              time,
              seconds(folder),
              null);
      row.write(folder.resolve(RESULT));
      return row;
    } catch (InlayException e) {
      return SweepRow.failed(context, network, iterations, String.valueOf(e.getMessage()));
    }
  }

  /** The seconds of a training by its log's last iteration. */
  private static double seconds(Path folder) {
    return RunSeconds.of(folder.resolve(RunFolder.LOG));
  }

  /** Trains a network from its beginning or from where it was stopped. */
  private void train(String context, Path folder) {
    String[] full =
        Files.exists(folder.resolve(RunFolder.STATE))
            ? TrainArguments.full(new String[] {"train", "--resume=" + folder})
            : beginning(context);
    Folders.make(folder);
    WholeFile.writeText(folder.resolve(SETTINGS), identity(context));
    Path log = folder.resolve("output.txt");
    try (PrintWriter to =
            new PrintWriter(
                Files.newBufferedWriter(
                    log, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        Workbench own = new Workbench(bench.options(), bench.environment(), to, to)) {
      CommandLine line = new CommandLine(new TrainCommand(own));
      line.parseArgs(List.of(full).subList(1, full.length).toArray(String[]::new));
      TrainCommand command = line.getCommand();
      int code = command.call();
      if (code != 0) {
        throw new Interrupted(code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CommandLine.ParameterException e) {
      throw new InlayException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A signal has ended a training. */
  private static final class Interrupted extends RuntimeException {
    private final int code;

    Interrupted(int code) {
      super(null, null, false, false);
      this.code = code;
    }
  }

  private void write(List<SweepRow> rows, Dataset dataset) {
    String title = "%s | auxiliary | ... | %s".formatted(backbone, decoder);
    String subtitle =
        "%s in %s, %d iterations each".formatted(dataset.info().name(), data, iterations);
    WholeFile.writeText(out.resolve("sweep.csv"), SweepPage.csv(rows));
    WholeFile.writeText(out.resolve("sweep.html"), SweepPage.html(rows, title, subtitle));
  }
}
