package dev.inlay.cli.weights;

import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.cli.common.Workbench;
import dev.inlay.pytorch.TensorFiles;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorMoments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay weights show}: lists the tensors of a file of weights. */
@Command(
    name = "show",
    description =
        "Lists the tensors of a file with their shapes and types, the norm (root of the sum of"
            + " squares), mean, smallest and largest number of each, and counts NaN and infinite"
            + " numbers, which the others leave out. Then come totals and the file's texts.",
    footer = {
      "",
      "A name is one word: in a pattern, * is any text, dots too, and ? one character.",
      "",
      "Examples:",
      "  inlay weights show best.safetensors",
      "  inlay weights show best.safetensors --filter \"*.bn?.*\" --filter \"*.bias\"",
      "  inlay weights show best.safetensors --no-values",
      "  inlay weights show best.safetensors --json",
    })
final class WeightsShowCommand implements Runnable {

  private static final int LONGEST_TEXT = 160;

  /** The numbers of a tensor, for JSON; a value that is not finite is null. */
  private record Values(
      @Nullable Double norm,
      @Nullable Double mean,
      @Nullable Double min,
      @Nullable Double max,
      long nan,
      long infinite) {}

  /** A tensor, for JSON. */
  private record Row(
      String name,
      String type,
      List<Long> shape,
      long numbers,
      long bytes,
      @Nullable Values values) {}

  /** The sums for one element type or for all, for JSON. */
  private record Total(int tensors, long numbers, long bytes) {
    static final Total NONE = new Total(0, 0, 0);

    Total plus(TensorInfo tensor) {
      return new Total(tensors + 1, numbers + tensor.elements(), bytes + tensor.bytes());
    }
  }

  /** The file, for JSON. */
  private record Shown(
      String file,
      List<Row> tensors,
      Total total,
      Map<String, Total> types,
      Map<String, String> texts) {}

  private final Workbench bench;

  @Parameters(paramLabel = "FILE", description = "A file of weights.")
  private Path path = Path.of("");

  @Option(
      names = "--filter",
      paramLabel = "GLOB",
      description = "Only tensors whose whole name matches; may be repeated.")
  private List<String> globs = new ArrayList<>();

  @Option(
      names = "--no-values",
      description = "Reads names, types and shapes alone, which is quick.")
  private boolean noValues;

  @Option(names = "--json", description = "Prints JSON, with the texts in full.")
  private boolean json;

  public WeightsShowCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    try (TensorFile file = TensorFiles.open(path)) {
      NameFilter filter = new NameFilter(globs);
      Map<String, TensorInfo> chosen = filter.of(file.tensors());
      filter.requireSome(!chosen.isEmpty(), file);
      Total total = Total.NONE;
      Map<String, Total> types = new LinkedHashMap<>();
      for (TensorInfo tensor : chosen.values()) {
        total = total.plus(tensor);
        String type = tensor.type().name();
        types.put(type, types.getOrDefault(type, Total.NONE).plus(tensor));
      }
      Map<String, TensorMoments> moments =
          noValues ? Map.of() : moments(file, chosen, total.bytes());
      if (json) {
        List<Row> rows =
            chosen.values().stream().map(each -> row(each, moments.get(each.name()))).toList();
        bench
            .out()
            .println(Json.pretty(new Shown(path.toString(), rows, total, types, file.metadata())));
      } else {
        print(chosen, moments);
        print(total, types, file.tensors().size());
        print(file.metadata());
      }
    }
  }

  private Map<String, TensorMoments> moments(
      TensorFile file, Map<String, TensorInfo> chosen, long bytes) {
    Map<String, TensorMoments> moments = new LinkedHashMap<>();
    try (BytesRead progress = new BytesRead(bytes, bench)) {
      chosen.forEach((name, each) -> moments.put(name, TensorMoments.of(file, each, progress)));
    }
    return moments;
  }

  private static Row row(TensorInfo tensor, @Nullable TensorMoments of) {
    @Nullable Values values =
        of == null
            ? null
            : new Values(
                TensorText.finite(of.norm()),
                TensorText.finite(of.mean()),
                TensorText.finite(of.min()),
                TensorText.finite(of.max()),
                of.nan(),
                of.infinite());
    return new Row(
        tensor.name(),
        tensor.type().name(),
        tensor.shape(),
        tensor.elements(),
        tensor.bytes(),
        values);
  }

  private void print(Map<String, TensorInfo> chosen, Map<String, TensorMoments> moments) {
    Table table = moments.isEmpty() ? new Table(2) : new Table(2, 3, 4, 5, 6);
    if (moments.isEmpty()) {
      table.row("tensor", "type", "shape");
    } else {
      table.row("tensor", "type", "shape", "norm", "mean", "min", "max");
    }
    chosen.forEach(
        (name, tensor) -> {
          String shown = TerminalText.printable(name);
          String shape = TensorText.shape(tensor.shape());
          TensorMoments of = moments.get(name);
          if (of == null) {
            table.row(shown, tensor.type().name(), shape);
          } else {
            table.row(
                shown,
                tensor.type().name(),
                shape,
                tensor.elements() == 0 ? "-" : TensorText.number(of.norm()),
                TensorText.number(of.mean()),
                TensorText.number(of.min()),
                TensorText.number(of.max()),
                notFinite(of));
          }
        });
    bench.out().print(table.text(""));
    long bad = moments.values().stream().filter(of -> of.nan() + of.infinite() > 0).count();
    if (bad > 0) {
      bench.out().println("\nNumbers that are NaN or infinite: in " + bad + " tensors.");
    }
  }

  private static String notFinite(TensorMoments of) {
    List<String> counts = new ArrayList<>();
    if (of.nan() > 0) {
      counts.add(NumberText.grouped(of.nan()) + " NaN");
    }
    if (of.infinite() > 0) {
      counts.add(NumberText.grouped(of.infinite()) + " infinite");
    }
    return String.join(", ", counts);
  }

  private void print(Total total, Map<String, Total> types, int all) {
    Table table = new Table(1, 2, 3);
    table.row("", "tensors", "numbers", "bytes");
    types.forEach((type, each) -> row(table, type, each));
    if (types.size() != 1) {
      row(table, "all", total);
    }
    bench.out().print("\n" + table.text(""));
    if (total.tensors() < all) {
      bench.out().println("The file has " + NumberText.grouped(all) + " tensors.");
    }
  }

  private static void row(Table table, String name, Total total) {
    table.row(
        name,
        NumberText.grouped(total.tensors()),
        NumberText.grouped(total.numbers()),
        NumberText.grouped(total.bytes()));
  }

  private void print(Map<String, String> texts) {
    if (texts.isEmpty()) {
      return;
    }
    Table table = new Table();
    texts.forEach((key, text) -> table.row(TerminalText.printable(key), shortened(text)));
    bench.out().print("\n" + table.text(""));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT
        ? TerminalText.printable(text)
        : TerminalText.printable(text.substring(0, LONGEST_TEXT))
            + "… ("
            + NumberText.grouped(text.length())
            + " characters)";
  }
}
