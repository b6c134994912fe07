package dev.inlay.cli.score;

import dev.inlay.cli.common.Table;
import dev.inlay.data.ClassList;
import dev.inlay.evaluate.ModelComparison;
import dev.inlay.evaluate.ScoreTable;
import java.util.Locale;

/** A comparison of two models as text. */
final class ComparisonTable {

  private ComparisonTable() {}

  static String text(ModelComparison comparison, ClassList classes) {
    Table table = new Table(1, 2, 3, 4);
    table.row("class", "this", "other", "difference", "95 % interval", "");
    row(table, "mIoU", comparison.meanIou());
    for (int id = 0; id < classes.size(); id++) {
      row(table, classes.name(id), comparison.classes().get(id));
    }
    return "Compared with %s, IoU in percent:\n%s".formatted(comparison.second(), table.text("  "));
  }

  private static void row(Table table, String name, ModelComparison.Difference each) {
    table.row(
        name,
        percent("%.2f", each.first()),
        percent("%.2f", each.second()),
        percent("%+.2f", each.value()),
        ScoreTable.text(each.interval()),
        words(each.verdict()));
  }

  private static String percent(String format, double value) {
    return Double.isNaN(value) ? "absent" : String.format(Locale.ROOT, format, 100 * value);
  }

  /** Which model is better. */
  static String words(ModelComparison.Verdict verdict) {
    return switch (verdict) {
      case FIRST -> "this is better";
      case SECOND -> "the other is better";
      case CHANCE -> "may be chance";
      case ABSENT -> "";
    };
  }
}
