package dev.inlay.cli.look;

import dev.inlay.Dim;
import dev.inlay.assemble.ModuleCosts;
import dev.inlay.assemble.ModuleGraph;
import dev.inlay.cli.common.MapSize;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.spec.Techniques;
import java.util.List;
import java.util.Map;

/**
 * The costs of context modules, or of a decoder, without the rest of a network. Other inputs of
 * theirs (earlier maps, coarse predictions that training supervises) cost nothing, as in the
 * papers' comparisons.
 *
 * @param module the modules as a spec
 * @param input the map's sizes, B, C, H, W
 * @param output the sizes of the resulting map, B, C, H, W
 * @param flop floating-point operations, two for each multiply-add
 */
record ModuleSummary(
    String module,
    List<Long> input,
    List<Long> output,
    long parameters,
    long convMacs,
    long attentionMacs,
    long flop) {

  /** Counts for a map of this size, with so many classes. */
  static ModuleSummary of(String text, MapSize size, int classes, Techniques techniques) {
    ModuleGraph module = ModuleGraph.of(text, size.channels(), classes, techniques);
    Map<String, Long> symbols = ModuleGraph.symbols(size.batch(), size.height(), size.width());
    ModuleCosts costs = module.costs(size.batch(), size.height(), size.width());
    List<Long> output = module.result().shape().stream().map((Dim d) -> d.value(symbols)).toList();
    return new ModuleSummary(
        module.stages().toString(),
        List.of(size.batch(), (long) size.channels(), size.height(), size.width()),
        output,
        costs.parameters(),
        costs.convMacs(),
        costs.attentionMacs(),
        costs.flop());
  }

  /** The counts, line by line. */
  String text() {
    Table table = new Table(1);
    table.row("parameters", NumberText.grouped(parameters));
    table.row("convolutions", NumberText.scaled(convMacs), "multiply-adds");
    table.row("attention", NumberText.scaled(attentionMacs), "multiply-adds");
    table.row("both", NumberText.scaled(flop), "operations, two for each multiply-add");
    return module
        + "\non a map of "
        + sizes(input)
        + ", to "
        + sizes(output)
        + "\n\n"
        + table.text("")
        + "\nEarlier maps and coarse predictions that it reads count as given.\n";
  }

  private static String sizes(List<Long> sizes) {
    return String.join("x", sizes.stream().map(String::valueOf).toList());
  }
}
