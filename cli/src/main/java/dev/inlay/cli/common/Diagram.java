package dev.inlay.cli.common;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A diagram in SVG: lines, or points with names. */
public final class Diagram {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 280;
  private static final int LEFT = 64;
  private static final int RIGHT = 16;
  private static final int TOP = 34;
  private static final int BOTTOM = 40;
  private static final int LETTER = 12;

  /** More points than columns of a screen show nothing more. */
  private static final int MOST_POINTS = 400;

  /** Okabe and Ito's colours, which people who see no red or no green can tell apart. */
  private static final List<String> COLORS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c8c8c");

  private record Series(String name, double[] x, double[] y, boolean dots) {}

  private record Named(String name, double x, double y) {}

  private final String title;
  private final String across;
  private final List<Series> series = new ArrayList<>();
  private final List<Named> points = new ArrayList<>();

  /**
   * An empty diagram.
   *
   * @param title what the vertical axis shows
   * @param across what the horizontal axis shows
   */
  public Diagram(String title, String across) {
    this.title = title;
    this.across = across;
  }

  /** Adds a line; of very many points, each shown one is the mean of its neighbours. */
  public Diagram line(String name, double[] x, double[] y) {
    series.add(thinned(new Series(name, x, y, false)));
    return this;
  }

  /** Adds a line with a dot at each point. */
  public Diagram dots(String name, double[] x, double[] y) {
    series.add(new Series(name, x, y, true));
    return this;
  }

  /** Adds a point with its name beside it. */
  public Diagram point(String name, double x, double y) {
    points.add(new Named(name, x, y));
    return this;
  }

  private static Series thinned(Series full) {
    int count = full.x().length;
    if (count <= MOST_POINTS) {
      return full;
    }
    double[] x = new double[MOST_POINTS];
    double[] y = new double[MOST_POINTS];
    for (int i = 0; i < MOST_POINTS; i++) {
      int from = (int) ((long) i * count / MOST_POINTS);
      int to = (int) ((long) (i + 1) * count / MOST_POINTS);
      x[i] = Arrays.stream(full.x(), from, to).average().orElse(Double.NaN);
      y[i] =
          Arrays.stream(full.y(), from, to).filter(Double::isFinite).average().orElse(Double.NaN);
    }
    return new Series(full.name(), x, y, false);
  }

  /** The picture. */
  public String svg() {
    StringBuilder svg = new StringBuilder();
    line(
        svg,
        "<svg viewBox=\"0 0 %d %d\" style=\"max-width:%dpx\" role=\"img\" aria-label=\"%s\">",
        WIDTH,
        HEIGHT,
        WIDTH,
        Page.escaped(title));
    line(
        svg,
        "<text x=\"%d\" y=\"%d\" font-size=\"%d\" font-weight=\"bold\">%s</text>",
        LEFT,
        LETTER + 2,
        LETTER + 1,
        Page.escaped(title));
    Axis horizontal = Axis.of(all(true), LEFT, WIDTH - RIGHT);
    Axis vertical = Axis.of(all(false), HEIGHT - BOTTOM, TOP);
    axes(svg, horizontal, vertical);
    int legend = LEFT + 8 * title.length() + 24;
    for (int i = 0; i < series.size(); i++) {
      Series each = series.get(i);
      String color = COLORS.get(i % COLORS.size());
      curve(svg, each, color, horizontal, vertical);
      line(
          svg,
          "<circle cx=\"%d\" cy=\"%d\" r=\"4\" fill=\"%s\"/><text x=\"%d\" y=\"%d\" font-size=\"%d\">%s</text>",
          legend,
          LETTER - 2,
          color,
          legend + 8,
          LETTER + 2,
          LETTER,
          Page.escaped(each.name()));
      legend += 8 * each.name().length() + 28;
    }
    for (Named point : points) {
      named(svg, point, horizontal, vertical);
    }
    return svg.append("</svg>\n").toString();
  }

  private double[] all(boolean horizontal) {
    List<Double> all = new ArrayList<>();
    for (Series each : series) {
      for (int i = 0; i < each.x().length; i++) {
        if (Double.isFinite(each.y()[i])) {
          all.add(horizontal ? each.x()[i] : each.y()[i]);
        }
      }
    }
    points.forEach(point -> all.add(horizontal ? point.x() : point.y()));
    return all.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray();
  }

  private void axes(StringBuilder svg, Axis horizontal, Axis vertical) {
    for (double tick : vertical.ticks()) {
      line(
          svg,
          "<path d=\"M%d %.1fH%d\" stroke=\"var(--line)\"/><text x=\"%d\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"end\">%s</text>",
          LEFT,
          vertical.at(tick),
          WIDTH - RIGHT,
          LEFT - 6,
          vertical.at(tick) + 4,
          LETTER,
          number(tick));
    }
    for (double tick : horizontal.ticks()) {
      line(
          svg,
          "<text x=\"%.1f\" y=\"%d\" font-size=\"%d\" text-anchor=\"middle\">%s</text>",
          horizontal.at(tick),
          HEIGHT - BOTTOM + 16,
          LETTER,
          number(tick));
    }
    line(
        svg,
        "<text x=\"%d\" y=\"%d\" font-size=\"%d\" text-anchor=\"end\">%s</text>",
        WIDTH - RIGHT,
        HEIGHT - 6,
        LETTER,
        Page.escaped(across));
  }

  private static void curve(
      StringBuilder svg, Series each, String color, Axis horizontal, Axis vertical) {
    StringBuilder path = new StringBuilder();
    boolean drawn = false;
    for (int i = 0; i < each.x().length; i++) {
      if (!Double.isFinite(each.y()[i])) {
        drawn = false;
        continue;
      }
      double x = horizontal.at(each.x()[i]);
      double y = vertical.at(each.y()[i]);
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", drawn ? "L" : "M", x, y));
      drawn = true;
      if (each.dots()) {
        line(
            svg,
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"><title>%s: %s at %s</title></circle>",
            x,
            y,
            color,
            Page.escaped(each.name()),
            number(each.y()[i]),
            number(each.x()[i]));
      }
    }
    line(svg, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"/>", path, color);
  }

  private static void named(StringBuilder svg, Named point, Axis horizontal, Axis vertical) {
    if (!Double.isFinite(point.x()) || !Double.isFinite(point.y())) {
      return;
    }
    double x = horizontal.at(point.x());
    boolean left = x > WIDTH - 150;
    line(
        svg,
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/><text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\"%s>%s</text>",
        x,
        vertical.at(point.y()),
        COLORS.get(0),
        x + (left ? -7 : 7),
        vertical.at(point.y()) + 4,
        LETTER - 1,
        left ? " text-anchor=\"end\"" : "",
        Page.escaped(point.name()));
  }

  private static String number(double value) {
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    if (size >= 1e5 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    String text = String.format(Locale.ROOT, size < 1 ? "%.4f" : "%.2f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  private static void line(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** The places of values along one side. */
  private record Axis(double least, double most, double from, double to, double step) {

    static Axis of(double[] values, double from, double to) {
      double least = Arrays.stream(values).min().orElse(0);
      double most = Arrays.stream(values).max().orElse(1);
      if (most - least < 1e-12) {
        double room = Math.max(1e-6, Math.abs(least) * 0.1);
        least -= room;
        most += room;
      }
      double rough = (most - least) / 5;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double digit = rough / power;
      double step = power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
      double room = (most - least) * 0.03;
      return new Axis(least - room, most + room, from, to, step);
    }

    double at(double value) {
      return from + (value - least) / (most - least) * (to - from);
    }

    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      for (long i = (long) Math.ceil(least / step); i * step <= most; i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
  }
}
