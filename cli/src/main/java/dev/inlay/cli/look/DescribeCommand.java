package dev.inlay.cli.look;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.Shapes;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.cli.common.Workbench;
import dev.inlay.spec.Kind;
import dev.inlay.spec.Metadata;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.OptionDescription;
import dev.inlay.spec.Paper;
import dev.inlay.spec.Suggestions;
import dev.inlay.spec.Techniques;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay describe}: describes a technique, a short form or a preset. */
@Command(
    name = "describe",
    description = "Says what a technique computes, its options and its shapes.",
    footer = {
      "",
      "Examples:",
      "  inlay describe aspp",
      "  inlay describe resnet50",
      "  inlay describe pspnet_r50-d8 --json",
    })
public final class DescribeCommand implements Runnable {

  /** A stage of a preset, for JSON. */
  private record Stage(String spec, String summary, List<String> output) {}

  /** A preset, for JSON. */
  private record Preset(
      String name,
      String spec,
      String technique,
      String origin,
      List<Stage> stages,
      List<Description.Side> trainingOnly) {}

  private final Workbench bench;

  @Parameters(paramLabel = "NAME", description = "A technique, a short form or a preset.")
  private String name = "";

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  public DescribeCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Techniques techniques = bench.techniques();
    Techniques.Named preset = techniques.presets().get(name);
    if (preset != null) {
      describe(preset(preset, techniques));
      return;
    }
    Techniques.Entry entry = techniques.entry(name).orElseThrow(() -> unknown(techniques));
    describe(Description.of(name, entry, techniques), Kind.of(entry.technique()));
  }

  private InlayException unknown(Techniques techniques) {
    List<String> all = new ArrayList<>(techniques.names());
    all.addAll(techniques.shortForms().keySet());
    all.addAll(techniques.presets().keySet());
    String known =
        techniques.names().isEmpty() ? "there are none" : String.join(", ", techniques.names());
    return new InlayException(
        "No technique, short form or preset is named '%s'.%s Techniques: %s. %s"
            .formatted(name, Suggestions.didYouMean(name, all), known, techniques.where()));
  }

  private static Preset preset(Techniques.Named preset, Techniques techniques) {
    NetworkSpec spec = NetworkSpec.parse(preset.name(), techniques);
    List<Stage> stages = new ArrayList<>();
    Assembly network = Assembly.of(spec, Description.CLASSES);
    List<Assembly.Stage> assembled = network.stages();
    for (int i = 0; i < assembled.size(); i++) {
      String summary = Metadata.of(spec.stages().get(i).technique()).summary();
      Assembly.Stage stage = assembled.get(i);
      stages.add(new Stage(stage.spec(), summary, Shapes.of(stage.outputs())));
    }
    return new Preset(
        preset.name(),
        spec.toString(),
        preset.entry().technique().name(),
        preset.entry().origin(),
        stages,
        Description.sides(network));
  }

  private void describe(Preset preset) {
    PrintWriter out = bench.out();
    if (json) {
      out.println(Json.pretty(preset));
      return;
    }
    out.println(preset.name() + ": a network");
    out.println("  " + preset.spec());
    out.println("\nStages, with " + Description.CLASSES + " classes");
    for (Stage stage : preset.stages()) {
      out.println("  " + stage.spec());
      out.print(TerminalText.wrapped(stage.summary(), "    "));
      out.print(TerminalText.wrapped(String.join(" ", stage.output()), "    "));
    }
    if (!preset.trainingOnly().isEmpty()) {
      String sides = Description.table(preset.trainingOnly()).text("  ");
      out.print("\nOnly while training\n" + sides);
    }
    out.println("\nFrom\n  " + preset.technique() + " of " + preset.origin());
    out.println("\n'inlay summary " + preset.name() + "' counts its parameters and operations.");
  }

  private void describe(Description about, Kind kind) {
    PrintWriter out = bench.out();
    if (json) {
      out.println(Json.pretty(about));
      return;
    }
    String stands = about.shortFormOf() == null ? "" : ", short for " + about.shortFormOf();
    out.println(about.name() + ": " + about.kind() + stands);
    out.print(TerminalText.wrapped(about.summary(), "  "));
    Paper paper = about.paper();
    if (paper != null) {
      String cited = paper.authors() + ", " + paper.title() + ", " + paper.venue();
      out.print("\nPaper\n" + TerminalText.wrapped(cited, "  ") + "  " + paper.url() + "\n");
    }
    out.println("\nOptions" + (about.options().isEmpty() ? "\n  none" : ""));
    for (OptionDescription option : about.options()) {
      out.println("  " + option.name() + "=" + option.defaultValue() + "  (" + option.type() + ")");
      out.print(TerminalText.wrapped(option.meaning(), "      "));
    }
    printShapes(about, kind);
    if (!about.example().isEmpty()) {
      out.println("\nExample\n  " + about.example());
    }
    print("Short forms", about.shortForms());
    print("Presets", about.presets());
    out.println("\nFrom\n  " + about.origin());
  }

  private void printShapes(Description about, Kind kind) {
    PrintWriter out = bench.out();
    Description.InAndOut shapes = about.shapes();
    if (shapes == null) {
      out.println("\nShapes");
      out.print(
          TerminalText.wrapped("It does not fit a ResNet-50's maps: " + about.misfit(), "  "));
      return;
    }
    out.println("\nShapes, " + setting(kind));
    out.print(
        "  in   "
            + TerminalText.wrapped(String.join(" ", shapes.input()), "       ").stripLeading());
    out.print(
        "  out  "
            + TerminalText.wrapped(String.join(" ", shapes.output()), "       ").stripLeading());
    if (!about.trainingOnly().isEmpty()) {
      out.println("\nOnly while training");
      out.print(Description.table(about.trainingOnly()).text("  "));
    }
  }

  private static String setting(Kind kind) {
    String maps = "after a ResNet-50 of stride 8, with " + Description.CLASSES + " classes";
    return switch (kind) {
      case BACKBONE -> "from the image to maps, finest first";
      case CONTEXT_MODULE -> maps;
      case DECODER -> maps + ": scores, then at the image's size";
      case OBJECTIVE -> "from outputs and labels to a number";
      case OPTIMIZER -> "from a weight and its gradient to the next weight";
    };
  }

  private void print(String title, Map<String, String> specs) {
    if (!specs.isEmpty()) {
      Table table = new Table();
      specs.forEach(table::row);
      bench.out().print("\n" + title + "\n" + table.text("  "));
    }
  }
}
