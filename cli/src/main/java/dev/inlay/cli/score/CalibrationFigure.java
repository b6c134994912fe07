package dev.inlay.cli.score;

import dev.inlay.evaluate.Calibration;
import java.util.Locale;

/** A reliability diagram in SVG: how often predictions of a probability are right. */
final class CalibrationFigure {

  private static final int SIDE = 260;
  private static final int MARGIN = 40;

  private CalibrationFigure() {}

  static String svg(Calibration calibration) {
    StringBuilder svg = new StringBuilder();
    int whole = SIDE + 2 * MARGIN;
    line(
        svg,
        "<svg viewBox=\"0 0 %d %d\" style=\"max-width:%dpx\" role=\"img\" aria-label=\"reliability diagram\">",
        whole,
        whole,
        whole);
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      double right = calibration.accuracy(bin);
      if (!Double.isNaN(right)) {
        double wide = (double) SIDE / Calibration.BINS;
        line(
            svg,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#3d6fb6\"><title>%,d pixels with a mean probability of %.3f: %.1f %% are right</title></rect>",
            MARGIN + bin * wide + 0.5,
            MARGIN + SIDE * (1 - right),
            wide - 1,
            Math.max(0.5, SIDE * right),
            calibration.pixels(bin),
            calibration.confidence(bin),
            100 * right);
      }
    }
    line(
        svg,
        "<path d=\"M%d %dL%d %d\" stroke=\"#d81b60\" stroke-dasharray=\"4\" fill=\"none\"/>",
        MARGIN,
        MARGIN + SIDE,
        MARGIN + SIDE,
        MARGIN);
    line(
        svg,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"var(--line)\"/>",
        MARGIN,
        MARGIN,
        SIDE,
        SIDE);
    line(svg, "<text x=\"%d\" y=\"%d\" font-size=\"12\">0</text>", MARGIN, MARGIN + SIDE + 16);
    line(
        svg,
        "<text x=\"%d\" y=\"%d\" font-size=\"12\" text-anchor=\"middle\">probability of the predicted class</text>",
        MARGIN + SIDE / 2,
        MARGIN + SIDE + 30);
    line(
        svg,
        "<text transform=\"translate(%d %d) rotate(-90)\" font-size=\"12\" text-anchor=\"middle\">share that is right</text>",
        MARGIN - 14,
        MARGIN + SIDE / 2);
    line(
        svg,
        "<text x=\"%d\" y=\"%d\" font-size=\"12\" text-anchor=\"end\">1</text>",
        MARGIN + SIDE,
        MARGIN + SIDE + 16);
    return svg.append("</svg>\n").toString();
  }

  private static void line(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
