package dev.inlay.cli.look;

import dev.inlay.Check;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.cli.common.Workbench;
import dev.inlay.spec.Kind;
import dev.inlay.spec.Metadata;
import dev.inlay.spec.Techniques;
import dev.inlay.spec.Techniques.Entry;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code inlay list}: lists the techniques, or the presets. */
@Command(
    name = "list",
    description = "Lists the techniques that networks can be made of, or whole networks.",
    footer = {
      "",
      "Examples:",
      "  inlay list",
      "  inlay list --presets",
      "  inlay list --plugins my-jars --json",
      "  inlay list --markdown",
    })
public final class ListCommand implements Runnable {

  /** A technique, for JSON. */
  private record Row(
      String name, String kind, String summary, Map<String, String> shortForms, String origin) {}

  /** A whole network, for JSON. */
  private record Preset(String name, String spec, String technique) {}

  private final Workbench bench;

  @Option(names = "--presets", description = "Lists the named networks with their specs.")
  private boolean presets;

  @Option(
      names = "--markdown",
      description = "Prints a table for documents, with paper and cost of each technique.")
  private boolean markdown;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  public ListCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Techniques techniques = bench.techniques();
    Check.that(
        !markdown || !(presets || json),
        "--markdown is a form of its own; leave out --presets and --json.");
    if (markdown) {
      bench.out().print(new MarkdownList(techniques).text());
      MarkdownList.notes().forEach(note -> bench.out().print("\n" + note + "\n"));
    } else if (presets) {
      listPresets(techniques);
    } else {
      listTechniques(techniques);
    }
  }

  private void listPresets(Techniques techniques) {
    List<Preset> rows =
        techniques.presets().values().stream()
            .sorted(Comparator.comparing(Techniques.Named::name, TerminalText.BY_NAME))
            .map(p -> new Preset(p.name(), p.spec(), p.entry().technique().name()))
            .toList();
    if (json) {
      bench.out().println(Json.pretty(Map.of("presets", rows)));
      return;
    }
    Table table = new Table();
    rows.forEach(row -> table.row(row.name(), row.spec()));
    bench.out().print(table.text(""));
  }

  private void listTechniques(Techniques techniques) {
    List<Row> rows = techniques.entries().stream().map(entry -> row(entry, techniques)).toList();
    if (json) {
      bench.out().println(Json.pretty(Map.of("techniques", rows)));
      return;
    }
    for (Kind kind : Kind.values()) {
      Table table = new Table();
      for (Row row : rows) {
        if (row.kind().equals(kind.toString())) {
          table.row(row.name(), row.summary());
          if (!row.shortForms().isEmpty()) {
            table.row("", "short forms: " + String.join(", ", row.shortForms().keySet()));
          }
        }
      }
      bench.out().print(TerminalText.heading(kind.plural()) + "\n" + table.text("  ") + "\n");
    }
    bench.out().println("'inlay describe NAME' says more; 'inlay list --presets' names networks.");
  }

  private Row row(Entry entry, Techniques techniques) {
    String name = entry.technique().name();
    String kind = Kind.of(entry.technique()).toString();
    String summary = Metadata.of(entry.technique()).summary();
    return new Row(name, kind, summary, shortForms(entry, techniques), entry.origin());
  }

  /** The short forms of one technique, {@code resnet18} before {@code resnet101}. */
  static Map<String, String> shortForms(Entry entry, Techniques techniques) {
    Map<String, String> forms = new LinkedHashMap<>();
    techniques.shortForms().values().stream()
        .filter(form -> form.entry().equals(entry))
        .sorted(Comparator.comparing(Techniques.Named::name, TerminalText.BY_NAME))
        .forEach(form -> forms.put(form.name(), form.spec()));
    return forms;
  }
}
