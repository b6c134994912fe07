package dev.inlay.cli.score;

import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Page;
import dev.inlay.data.ClassList;
import dev.inlay.evaluate.ConfusionMatrix;
import java.util.Locale;

/**
 * A confusion matrix as a picture in SVG: a row for each true class, divided by the row's pixels, a
 * column for each predicted class. Cells tell their numbers to a pointer.
 */
final class ConfusionFigure {

  /** With more classes, cells are too small for numbers. */
  private static final int MOST_NUMBERS = 24;

  private static final int LABEL = 130;

  /** Room for the slanted name of the last column. */
  private static final int NAMES = 70;

  private ConfusionFigure() {}

  static String svg(ConfusionMatrix matrix, ClassList classes) {
    int cell = Math.max(7, Math.min(46, 900 / classes.size()));
    int side = cell * classes.size();
    StringBuilder svg = new StringBuilder();
    line(
        svg,
        "<svg viewBox=\"0 0 %d %d\" style=\"max-width:%dpx\" role=\"img\" aria-label=\"confusion matrix\">",
        LABEL + side + NAMES,
        LABEL + side + 4,
        LABEL + side + NAMES);
    int letter = Math.min(13, Math.max(6, cell - 1));
    for (int row = 0; row < classes.size(); row++) {
      String name = Page.escaped(classes.name(row));
      double middle = LABEL + (row + 0.5) * cell + letter * 0.35;
      line(
          svg,
          "<text x=\"%d\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"end\">%s</text>",
          LABEL - 6,
          middle,
          letter,
          name);
      line(
          svg,
          "<text transform=\"translate(%.1f %d) rotate(-60)\" font-size=\"%d\">%s</text>",
          middle,
          LABEL - 6,
          letter,
          name);
      row(svg, matrix, classes, row, cell);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void row(
      StringBuilder svg, ConfusionMatrix matrix, ClassList classes, int row, int cell) {
    long all = 0;
    for (int column = 0; column < classes.size(); column++) {
      all += matrix.count(row, column);
    }
    for (int column = 0; column < classes.size(); column++) {
      double share = all == 0 ? 0 : (double) matrix.count(row, column) / all;
      int x = LABEL + column * cell;
      int y = LABEL + row * cell;
      line(
          svg,
          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" fill-opacity=\"%.3f\" stroke=\"var(--line)\" stroke-width=\".5\"><title>%s taken for %s: %s, %,d pixels</title></rect>",
          x,
          y,
          cell,
          cell,
          row == column ? "#1b7f4d" : "#d81b60",
          Math.sqrt(share),
          Page.escaped(classes.name(row)),
          Page.escaped(classes.name(column)),
          all == 0 ? "absent" : NumberText.percent(share),
          matrix.count(row, column));
      if (classes.size() <= MOST_NUMBERS && share >= 0.005) {
        line(
            svg,
            "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"middle\" pointer-events=\"none\">%.0f</text>",
            x + cell / 2.0,
            y + cell / 2.0 + 4,
            Math.min(12, cell / 2),
            100 * share);
      }
    }
  }

  private static void line(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
