package dev.inlay.cli.look;

import dev.inlay.Check;
import dev.inlay.assemble.Assembly;
import dev.inlay.assemble.Costs;
import dev.inlay.assemble.SharedParameters;
import dev.inlay.cli.common.ImageSize;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.MapSize;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.Workbench;
import dev.inlay.spec.NetworkSpec;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay summary}: what a network costs, by stage and in sum. */
@Command(
    name = "summary",
    description = "Counts a network's parameters and multiply-adds, by stage and in sum.",
    footer = {
      "",
      "Examples:",
      "  inlay summary \"resnet50(stride=8) | auxiliary | ppm | fcn\"",
      "  inlay summary pspnet_r50-d8 --classes 150 --input 3x512x512",
      "  inlay summary network.yaml --input 8x3x769x769 --json",
      "  inlay summary --module ocr --input 2048x128x128",
    })
public final class SummaryCommand implements Runnable {

  /** The costs of one stage, for JSON. */
  private record Stage(
      String name,
      String spec,
      List<List<Long>> outputs,
      long parameters,
      long parametersInference,
      long convMacs,
      long attentionMacs,
      long trainingConvMacs,
      long trainingAttentionMacs) {}

  /** The costs of the network, for JSON. */
  private record Summary(
      String spec,
      int classes,
      List<Integer> input,
      long parameters,
      long parametersInference,
      long convMacs,
      long attentionMacs,
      long trainingConvMacs,
      long trainingAttentionMacs,
      List<Stage> stages,
      List<Description.Side> trainingOnly,
      List<SharedParameters> shared) {}

  private final Workbench bench;

  @Parameters(
      paramLabel = "SPEC",
      arity = "0..1",
      description = "The network: a spec, the name of a preset, or a YAML file.")
  private String spec = "";

  @Option(
      names = "--classes",
      paramLabel = "K",
      description = "Number of classes; default: ${DEFAULT-VALUE}.")
  private int classes = 19;

  @Option(
      names = "--module",
      paramLabel = "STAGE",
      description =
          "Context modules, or a decoder, instead of a network; --input is then the map's CxHxW.")
  private @Nullable String module;

  @Option(
      names = "--input",
      paramLabel = "SIZE",
      description = "Size of the images, 3xHxW or Bx3xHxW; default: ${DEFAULT-VALUE}.")
  private String input = "3x512x1024";

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  public SummaryCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Check.that(!spec.isEmpty() || module != null, "summary needs SPEC. See inlay summary --help.");
    Check.that(
        spec.isEmpty() || module == null,
        "summary counts a network or, with --module, one module; leave out one of the two.");
    if (module != null) {
      ModuleSummary counted =
          ModuleSummary.of(module, MapSize.parse(input), classes, bench.techniques());
      bench.out().print(json ? Json.pretty(counted) + "\n" : counted.text());
      return;
    }
    ImageSize size = ImageSize.parse(input);
    Assembly assembly = Assembly.of(NetworkSpec.parse(spec, bench.techniques()), classes);
    Costs costs = Costs.of(assembly, size.batch(), size.height(), size.width());
    if (json) {
      bench.out().println(Json.pretty(summary(assembly, size, costs)));
    } else {
      print(assembly, size, costs);
    }
  }

  private Summary summary(Assembly assembly, ImageSize size, Costs costs) {
    Costs.Sum total = costs.total();
    return new Summary(
        assembly.spec().toString(),
        classes,
        List.of(size.batch(), 3, size.height(), size.width()),
        total.parameters(),
        total.parametersInference(),
        total.convMacs(),
        total.attentionMacs(),
        total.trainingConvMacs(),
        total.trainingAttentionMacs(),
        costs.stages().stream().map(SummaryCommand::stage).toList(),
        Description.sides(assembly),
        SharedParameters.of(assembly));
  }

  private static Stage stage(Costs.Stage stage) {
    Costs.Sum sum = stage.sum();
    return new Stage(
        stage.name(),
        stage.spec(),
        stage.outputs(),
        sum.parameters(),
        sum.parametersInference(),
        sum.convMacs(),
        sum.attentionMacs(),
        sum.trainingConvMacs(),
        sum.trainingAttentionMacs());
  }

  private void print(Assembly assembly, ImageSize size, Costs costs) {
    bench.out().println(assembly.spec());
    bench.out().println(classes + " classes, images of " + size + "\n");
    Table table = new Table(2, 3, 4);
    table.row("stage", "output", "parameters", "convolutions", "attention");
    boolean trainingOnly = false;
    for (Costs.Stage stage : costs.stages()) {
      boolean adds = stage.sum().parameters() != stage.sum().parametersInference();
      trainingOnly |= adds;
      row(table, stage.spec() + (adds ? " *" : ""), last(stage), stage.sum());
    }
    Costs.Sum total = costs.total();
    table.row("");
    table.row(
        "inference",
        "",
        NumberText.grouped(total.parametersInference()),
        NumberText.scaled(total.convMacs()),
        NumberText.scaled(total.attentionMacs()));
    row(table, "with what only training uses", "", total);
    bench.out().print(table.text(""));
    bench.out().println("\nConvolutions and attention are counted in multiply-adds.");
    if (trainingOnly) {
      bench.out().println("* holds parameters that only training uses.");
    }
    SharedParameters.of(assembly).forEach(shared -> bench.out().println("\n" + shared.remark()));
    List<Description.Side> sides = Description.sides(assembly);
    if (!sides.isEmpty()) {
      bench.out().print("\nOnly while training\n" + Description.table(sides).text("  "));
    }
    assembly
        .sides()
        .forEach(
            (name, side) -> {
              if (side.counted()) {
                bench.out().println(remark(name, side));
              }
            });
  }

  private static String remark(String name, Assembly.Side side) {
    return "Inference does not read the layers of '%s', but has their %s above, as published counts do."
        .formatted(name, side.isMap() ? "parameters and multiply-adds" : "parameters");
  }

  private static void row(Table table, String name, String output, Costs.Sum sum) {
    table.row(
        name,
        output,
        NumberText.grouped(sum.parameters()),
        NumberText.scaled(sum.trainingConvMacs()),
        NumberText.scaled(sum.trainingAttentionMacs()));
  }

  /** The sizes of a stage's last and coarsest map, the usual input of the next stage. */
  private static String last(Costs.Stage stage) {
    List<Long> sizes = stage.outputs().get(stage.outputs().size() - 1);
    return sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
