package dev.inlay.cli.look;

import dev.inlay.ContextModule;
import dev.inlay.Decoder;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.assemble.ModuleCosts;
import dev.inlay.assemble.Stages;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.graph.Graph;
import dev.inlay.spec.Techniques;
import java.util.ArrayList;
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

  private static final int EARLIER = 3;

  /** Counts for a map of this size, with so many classes. */
  static ModuleSummary of(String text, MapSize size, int classes, Techniques techniques) {
    Stages stages = Stages.parse(text, techniques);
    for (int i = 0; i < stages.list().size(); i++) {
      Technique<?> technique = stages.list().get(i).technique();
      boolean last = i == stages.list().size() - 1;
      if (!(technique instanceof ContextModule || last && technique instanceof Decoder)) {
        throw new InlayException(
            "--module is '%s', but '%s' is neither a context module nor a decoder at the end; leave it out, or give a whole network without --module."
                .formatted(text, technique.name()));
      }
    }
    Graph graph = new Graph();
    Features maps = maps(graph, size, classes);
    Stages.Result result = stages.describe(graph, maps, stage -> graph.scope(""));
    Features made = result.features();
    Tensor last = result.logits() == null ? made.last() : result.logits();
    Map<String, Long> symbols =
        Map.of("B", size.batch(), "H", size.height(), "W", size.width(), "h", 1L, "w", 1L);
    List<Tensor> given = new ArrayList<>(maps.maps());
    made.sides().values().forEach(side -> given.add(side.output()));
    ModuleCosts costs = ModuleCosts.of(graph, last, given, symbols);
    List<Long> output = last.shape().stream().map((Dim d) -> d.value(symbols)).toList();
    return new ModuleSummary(
        stages.toString(),
        List.of(size.batch(), (long) size.channels(), size.height(), size.width()),
        output,
        costs.parameters(),
        costs.convMacs(),
        costs.attentionMacs(),
        costs.flop());
  }

  /** The map, and earlier ones of the same size, each with half the channels of the next. */
  private static Features maps(Graph graph, MapSize size, int classes) {
    Tensor image =
        graph.input(
            "image",
            Tensor.Type.FLOAT,
            Dim.symbol("B"),
            Dim.of(3),
            Dim.symbol("h"),
            Dim.symbol("w"));
    List<Tensor> maps = new ArrayList<>();
    List<Integer> strides = new ArrayList<>();
    for (int i = EARLIER; i >= 0; i--) {
      Dim channels = Dim.of(Math.max(1, size.channels() >> i));
      maps.add(
          graph.input(
              "map" + (EARLIER - i),
              Tensor.Type.FLOAT,
              Dim.symbol("B"),
              channels,
              Dim.symbol("H"),
              Dim.symbol("W")));
      strides.add(8);
    }
    return new Features(image, classes, maps, strides, Map.of());
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
