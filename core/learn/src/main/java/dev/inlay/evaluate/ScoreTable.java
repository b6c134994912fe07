package dev.inlay.evaluate;

import dev.inlay.data.ClassList;
import java.util.List;
import java.util.Locale;

/** Scores as a table of text: one line for each class, in percent. */
public final class ScoreTable {
  private static final String ABSENT = "absent";

  private ScoreTable() {}

  /**
   * The scores of all classes, and their means below. A class that occurs neither in the labels nor
   * in the predictions is marked "absent" and counts in no mean.
   */
  public static String text(Scores scores, ClassList classes) {
    return text(scores, classes, List.of());
  }

  /**
   * As {@link #text(Scores, ClassList)}, with intervals beside the IoU.
   *
   * @param intervals those of each class's IoU; empty for none
   */
  public static String text(Scores scores, ClassList classes, List<Interval> intervals) {
    int width = "class".length();
    for (String name : classes.names()) {
      width = Math.max(width, name.length());
    }
    String row = "%-" + width + "s  %8s%s  %8s  %9s  %8s  %14s\n";
    StringBuilder text = new StringBuilder();
    String title = intervals.isEmpty() ? "" : "  %13s".formatted("95 % interval");
    text.append(line(row, "class", "IoU", title, "accuracy", "precision", "Dice", "pixels"));
    int absent = 0;
    for (int id = 0; id < classes.size(); id++) {
      Scores.OfClass one = scores.classes().get(id);
      absent += one.isAbsent() ? 1 : 0;
      text.append(
          line(
              row,
              classes.name(id),
              percent(one.iou()),
              intervals.isEmpty() ? "" : "  %13s".formatted(text(intervals.get(id))),
              percent(one.accuracy()),
              percent(one.precision()),
              percent(one.dice()),
              String.format(Locale.ROOT, "%,d", one.pixels())));
    }
    text.append(
        "\nmIoU %s %%, pixel accuracy %s %%, mean accuracy %s %%"
            .formatted(
                percent(scores.meanIou()),
                percent(scores.pixelAccuracy()),
                percent(scores.meanAccuracy())));
    if (absent > 0) {
      text.append(" (%d of %d classes absent and not counted)".formatted(absent, classes.size()));
    }
    return text.append('\n').toString();
  }

  /** The ends of an interval in percent. */
  public static String text(Interval interval) {
    return Double.isNaN(interval.low())
        ? ""
        : String.format(Locale.ROOT, "%.1f to %.1f", 100 * interval.low(), 100 * interval.high());
  }

  private static String line(String row, Object... cells) {
    return String.format(Locale.ROOT, row, cells);
  }

  /** Percent with two decimals, or "absent" for NaN. */
  private static String percent(double fraction) {
    return Double.isNaN(fraction) ? ABSENT : String.format(Locale.ROOT, "%.2f", 100 * fraction);
  }
}
