package dev.inlay.cli.train;

import dev.inlay.cli.common.Diagram;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Page;
import dev.inlay.cli.common.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The results of a sweep as text, CSV and a page with accuracy against cost. */
final class SweepPage {

  private static final double GIGA = 1e9;

  private SweepPage() {}

  /** The best first, failures last. */
  static List<SweepRow> sorted(List<SweepRow> rows) {
    return rows.stream()
        .sorted(
            Comparator.comparingDouble(
                row -> row.miou() == null ? Double.POSITIVE_INFINITY : -row.miou()))
        .toList();
  }

  static String text(List<SweepRow> rows) {
    Table table = new Table(1, 2, 3, 4, 5, 6);
    table.row("context", "mIoU", "accuracy", "parameters", "multiply-adds", "ms", "training");
    for (SweepRow row : sorted(rows)) {
      if (row.failure() != null) {
        table.row(row.context(), "failed", "", "", "", "", "");
      } else {
        table.row(
            row.context(),
            percent(row.miou()),
            percent(row.pixelAccuracy()),
            NumberText.grouped(row.parameters()),
            NumberText.scaled(row.multiplyAdds()),
            String.format(Locale.ROOT, "%.1f", row.milliseconds()),
            NumberText.duration(row.seconds()));
      }
    }
    StringBuilder text = new StringBuilder(table.text(""));
    for (SweepRow row : rows) {
      if (row.failure() != null) {
        text.append("\n%s: %s\n".formatted(row.context(), row.failure()));
      }
    }
    return text.toString();
  }

  static String csv(List<SweepRow> rows) {
    StringBuilder csv =
        new StringBuilder(
            "context,miou,pixel_accuracy,parameters,multiply_adds,ms,training_seconds\n");
    for (SweepRow row : sorted(rows)) {
      csv.append(
          String.format(
              Locale.ROOT,
              "\"%s\",%s,%s,%d,%d,%.2f,%.1f%n",
              row.context().replace("\"", "\"\""),
              row.miou() == null ? "" : row.miou(),
              row.pixelAccuracy() == null ? "" : row.pixelAccuracy(),
              row.parameters(),
              row.multiplyAdds(),
              row.milliseconds(),
              row.seconds()));
    }
    return csv.toString();
  }

  static String html(List<SweepRow> rows, String title, String subtitle) {
    Page page = new Page(title);
    page.line("<p>%s</p>", Page.escaped(subtitle));
    Diagram cost = new Diagram("mIoU against multiply-adds, percent", "multiply-adds, 10^9");
    Diagram time = new Diagram("mIoU against time, percent", "milliseconds an image");
    Diagram size = new Diagram("mIoU against parameters, percent", "parameters, 10^6");
    for (SweepRow row : rows) {
      if (row.miou() != null) {
        cost.point(row.context(), row.multiplyAdds() / GIGA, 100 * row.miou());
        time.point(row.context(), row.milliseconds(), 100 * row.miou());
        size.point(row.context(), row.parameters() / 1e6, 100 * row.miou());
      }
    }
    page.add(cost.svg());
    page.add(time.svg());
    page.add(size.svg());
    page.line(
        "<table><tr><th>context</th><th>mIoU</th><th>pixel accuracy</th><th>parameters</th><th>multiply-adds</th><th>ms</th><th>training</th></tr>");
    for (SweepRow row : sorted(rows)) {
      if (row.failure() != null) {
        page.line(
            "<tr class=\"none\"><td>%s</td><td class=\"text\" colspan=\"6\">%s</td></tr>",
            Page.escaped(row.context()), Page.escaped(row.failure()));
      } else {
        page.line(
            "<tr><td>%s</td><td>%s</td><td>%s</td><td>%,d</td><td>%s</td><td>%.1f</td><td>%s</td></tr>",
            Page.escaped(row.context()),
            percent(row.miou()),
            percent(row.pixelAccuracy()),
            row.parameters(),
            NumberText.scaled(row.multiplyAdds()),
            row.milliseconds(),
            NumberText.duration(row.seconds()));
      }
    }
    page.line("</table>");
    return page.html();
  }

  private static String percent(@Nullable Double value) {
    return NumberText.percent(value == null ? Double.NaN : value);
  }
}
