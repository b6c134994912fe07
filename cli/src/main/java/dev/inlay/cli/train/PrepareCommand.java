package dev.inlay.cli.train;

import dev.inlay.RoundTrip;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.StagePreparation;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.Meter;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.ClassList;
import dev.inlay.data.Dataset;
import dev.inlay.data.LabelSource;
import dev.inlay.evaluate.Bilinear;
import dev.inlay.evaluate.Scores;
import dev.inlay.evaluate.UpsamplingOracle;
import dev.inlay.files.Folders;
import dev.inlay.prepare.Prepared;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.torch.HostArray;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay prepare}: parameters that a network's decoder computes from labels. */
@Command(
    name = "prepare",
    description =
        "Computes the parameters that a network's decoder takes from the labels of a dataset before"
            + " training, such as the weights W of dupsampling. Where these upsample, it tells what"
            + " upsampling with them costs on other labels, beside bilinear interpolation.",
    footer = {
      "",
      "Labels alone are read, no images. Options of the technique stand in the spec.",
      "Training takes the file with --weights; train --prepare does both at once.",
      "",
      "Examples:",
      "  inlay prepare \"resnet50(stride=8) | auxiliary | dupsampling(code=64)\" \\",
      "      --data camvid --out w.safetensors",
      "  inlay train --weights w.safetensors --data camvid --out runs/dupsampling \\",
      "      --network \"resnet50(stride=8) | auxiliary | dupsampling(code=64)\"",
    })
public final class PrepareCommand implements Runnable {

  private static final String MIDDLE = "bilinearMiddle";
  private static final String SHARES = "bilinearShares";

  private static final Map<String, String> FOR_PEOPLE =
      Map.of(
          MIDDLE, "bilinear, from the label in each block's middle",
          SHARES, "bilinear, from each class's share of a block");

  /** The computed parameters and scores, for JSON. */
  private record Result(
      String file,
      String network,
      String stage,
      Map<String, List<Long>> parameters,
      String split,
      int labelMaps,
      Map<String, Number> figures,
      @Nullable String valSplit,
      Map<String, @Nullable Double> miou,
      Map<String, @Nullable Double> pixelAccuracy) {}

  private final Workbench bench;

  @Parameters(
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
      paramLabel = "FILE",
      description = "The safetensors file to write.")
  private Path out = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "The labels to compute the parameters from; default: ${DEFAULT-VALUE}.")
  private String split = "train";

  @Option(
      names = "--val-split",
      paramLabel = "NAME",
      description = "The labels to score upsampling on; default: ${DEFAULT-VALUE}.")
  private String valSplit = "val";

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  public PrepareCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    bench.loadAhead();
    Path folder = Objects.requireNonNullElse(out.toAbsolutePath().getParent(), out);
    Folders.check(folder);
    Dataset dataset = Dataset.open(data);
    ClassList classes = dataset.classes();
    Assembly assembly = Assembly.of(NetworkSpec.parse(network, bench.techniques()), classes.size());
    StagePreparation stage = Prepared.preparation(assembly);
    LabelSource labels = dataset.labels(split);
    LabelSource heldOut = dataset.labels(valSplit);
    Prepared prepared = LabelReading.prepared(assembly, stage, labels, classes, bench.err());
    Optional<RoundTrip> way = stage.preparation().roundTrip();
    Map<String, Scores> scores =
        way.map(each -> scores(each, prepared, heldOut, classes)).orElse(Map.of());
    Folders.make(folder);
    prepared.save(out, facts(prepared, classes, scores));
    if (json) {
      bench.out().println(Json.pretty(result(prepared, labels.size(), scores)));
    } else {
      print(dataset, prepared, stage.preparation().summary(), labels.size());
      way.ifPresent(each -> print(each.ratio(), heldOut.size(), scores));
      next(prepared);
    }
  }

  /** The scores of each way to upsample, by its name in JSON. */
  private Map<String, Scores> scores(
      RoundTrip way, Prepared prepared, LabelSource labels, ClassList classes) {
    String stage = prepared.stage().name();
    Map<String, HostArray> parameters = prepared.parameters();
    Map<String, RoundTrip> ways = new LinkedHashMap<>();
    ways.put(MIDDLE, new Bilinear(way.ratio(), false));
    ways.put(SHARES, new Bilinear(way.ratio(), true));
    ways.put(stage, way);
    try (Meter meter = Meter.of("scoring", labels.size(), bench.err());
        UpsamplingOracle oracle = new UpsamplingOracle(classes, ways, stage, parameters)) {
      for (int i = 0; i < labels.size(); i++) {
        oracle.add(labels.read(i));
        meter.at(i + 1L, labels.name(i));
      }
      return oracle.scores();
    }
  }

  private static Map<String, String> facts(
      Prepared prepared, ClassList classes, Map<String, Scores> scores) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("classes", String.join(",", classes.names()));
    Scores learned = scores.get(prepared.stage().name());
    if (learned != null) {
      facts.put("miou", String.valueOf(learned.meanIou()));
    }
    return facts;
  }

  private Result result(Prepared prepared, int labelMaps, Map<String, Scores> scores) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    prepared
        .parameters()
        .forEach(
            (name, values) -> shapes.put(name, LongStream.of(values.shape()).boxed().toList()));
    return new Result(
        out.toString(),
        prepared.network().spec().toString(),
        prepared.stage().spec(),
        shapes,
        split,
        labelMaps,
        prepared.figures(),
        scores.isEmpty() ? null : valSplit,
        figures(scores, Scores::meanIou),
        figures(scores, Scores::pixelAccuracy));
  }

  private static Map<String, @Nullable Double> figures(
      Map<String, Scores> scores, ToDoubleFunction<Scores> figure) {
    Map<String, @Nullable Double> figures = new LinkedHashMap<>();
    scores.forEach(
        (way, each) -> {
          double value = figure.applyAsDouble(each);
          figures.put(way, Double.isNaN(value) ? null : value);
        });
    return figures;
  }

  private void print(Dataset dataset, Prepared prepared, String summary, int labelMaps) {
    Table table = new Table();
    table.row("network", prepared.network().spec().toString());
    table.row("data", dataset.info().name() + " in " + dataset.folder());
    table.row("", "%d label maps (%s)".formatted(labelMaps, split));
    table.row("prepared", summary);
    prepared
        .figures()
        .forEach(
            (name, figure) -> table.row(TerminalText.spelled(name), NumberText.number(figure)));
    bench.out().println(table.text(""));
  }

  private void print(int ratio, int labelMaps, Map<String, Scores> scores) {
    bench
        .out()
        .println(
            "Labels at 1/%d and back, on %d label maps (%s):"
                .formatted(ratio, labelMaps, valSplit));
    Table table = new Table(1, 2);
    table.row("upsampled by", "mIoU", "pixel accuracy");
    scores.forEach(
        (way, each) ->
            table.row(
                FOR_PEOPLE.getOrDefault(way, way),
                precise(each.meanIou()),
                precise(each.pixelAccuracy())));
    bench.out().println(table.text("  "));
  }

  private void next(Prepared prepared) {
    bench.out().println(out + " holds the parameters. Go on with:");
    bench
        .out()
        .println(
            "  inlay train --network \"%s\" --weights %s --data %s --out DIR"
                .formatted(
                    prepared.network().spec(),
                    TerminalText.argument(out),
                    TerminalText.argument(data)));
  }

  /** A percentage with two decimals, since the scores differ little. */
  private static String precise(double fraction) {
    return Double.isNaN(fraction) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
  }
}
