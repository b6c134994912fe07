package dev.inlay.cli.score;

import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.measure.ModuleBenchmark;
import java.util.List;
import java.util.Locale;

/**
 * The times and costs of modules side by side, as text and as JSON.
 *
 * @param input the size of the maps
 * @param runs how many were timed
 */
record ModuleTable(
    String input, ProgramForm form, int threads, int runs, List<ModuleBenchmark.Result> results) {

  private static final double MEGA = 1e6;

  /** A measurement, for JSON. */
  record Line(
      String input,
      boolean fold,
      String layout,
      String precision,
      int threads,
      int runs,
      List<ModuleLine> modules) {}

  /** A module, for JSON. */
  record ModuleLine(
      String module,
      double medianMs,
      double minMs,
      long bytes,
      long parameters,
      long convMacs,
      long attentionMacs) {}

  Line line() {
    return new Line(
        input,
        form.fold(),
        form.layout(),
        form.precision(),
        threads,
        runs,
        results.stream().map(ModuleTable::line).toList());
  }

  private static ModuleLine line(ModuleBenchmark.Result result) {
    return new ModuleLine(
        result.module(),
        rounded(result.median()),
        rounded(result.least()),
        result.bytes(),
        result.parameters(),
        result.convMacs(),
        result.attentionMacs());
  }

  private static double rounded(double milliseconds) {
    return Math.round(milliseconds * 1000) / 1000.0;
  }

  String text() {
    Table table = new Table(1, 2, 3, 4, 5, 6);
    table.row("module", "ms", "least", "MB", "parameters", "convolutions", "attention");
    for (ModuleBenchmark.Result result : results) {
      table.row(
          result.module(),
          decimals(result.median()),
          decimals(result.least()),
          decimals(result.bytes() / MEGA),
          NumberText.grouped(result.parameters()),
          NumberText.scaled(result.convMacs()),
          NumberText.scaled(result.attentionMacs()));
    }
    return "maps of %s, %s, %d threads, medians of %d\n\n%s\n%s"
        .formatted(
            input,
            form,
            threads,
            runs,
            table.text(""),
            "MB are the values that are held at the same time, beside the map. Convolutions and"
                + " attention are in multiply-adds. Earlier maps and coarse predictions count as"
                + " given.\n");
  }

  private static String decimals(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
