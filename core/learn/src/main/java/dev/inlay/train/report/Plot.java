package dev.inlay.train.report;

import dev.inlay.image.Lettering;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line diagram over iterations. {@link Lettering} draws its text, because a machine without a
 * screen often has no fonts.
 */
final class Plot {

  private static final int LEFT = 64;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 48;
  private static final double LETTER = 9;
  private static final Color INK = new Color(0x26, 0x2b, 0x33);
  private static final Color FAINT = new Color(0xe3, 0xe6, 0xea);
  private static final Color[] COLORS = {
    new Color(0x2f, 0x6f, 0xb5),
    new Color(0xe0, 0x6c, 0x2b),
    new Color(0x3b, 0x9a, 0x5c),
    new Color(0x8a, 0x63, 0xc4),
  };

  private record Point(double x, double y) {}

  private record Line(String name, List<Point> points, boolean dots) {}

  private final String title;
  private final List<Line> lines = new ArrayList<>();

  Plot(String title) {
    this.title = title;
  }

  /** Adds a line; NaN and infinite values are left out. */
  Plot line(String name, List<Double> x, List<Double> y) {
    return add(name, x, y, false);
  }

  /** Adds a line with a dot at every point. */
  Plot dots(String name, List<Double> x, List<Double> y) {
    return add(name, x, y, true);
  }

  private Plot add(String name, List<Double> x, List<Double> y, boolean dots) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      if (Double.isFinite(y.get(i))) {
        points.add(new Point(x.get(i), y.get(i)));
      }
    }
    lines.add(new Line(name, points, dots));
    return this;
  }

  /** Draws the diagram into a rectangle with its upper left corner at the origin. */
  void draw(Graphics2D g, int width, int height) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    double stepX = step(most(true), 6);
    double stepY = step(most(false), 5);
    double mostX = Math.max(most(true), stepX);
    double mostY = stepY * Math.ceil(Math.max(most(false), stepY) / stepY - 1e-9);
    double scaleX = (width - LEFT - RIGHT) / mostX;
    double scaleY = (height - TOP - BOTTOM) / mostY;
    int floor = height - BOTTOM;
    for (double y = 0; y <= mostY * 1.0001; y += stepY) {
      double at = floor - y * scaleY;
      g.setColor(FAINT);
      g.fillRect(LEFT, (int) Math.round(at), width - LEFT - RIGHT, 1);
      label(g, number(y, stepY), LEFT - 10, at + LETTER / 2, 1);
    }
    for (double x = 0; x <= mostX * 1.0001; x += stepX) {
      label(g, number(x, stepX), LEFT + x * scaleX, floor + LETTER + 10, 0.5);
    }
    label(g, "iteration", LEFT + (width - LEFT - RIGHT) / 2.0, height - 9, 0.5);
    g.setColor(INK);
    g.fillRect(LEFT, floor, width - LEFT - RIGHT, 1);
    Lettering.draw(g, title, LEFT, TOP - 18, LETTER * 1.2);
    double key = width - RIGHT;
    for (int i = lines.size() - 1; i >= 0; i--) {
      Line line = lines.get(i);
      Color color = COLORS[i % COLORS.length];
      draw(g, line, color, scaleX, scaleY, floor);
      key -= Lettering.width(line.name(), LETTER);
      g.setColor(INK);
      Lettering.draw(g, line.name(), key, TOP - 18, LETTER);
      g.setColor(color);
      g.fillRect((int) key - 24, TOP - 18 - (int) LETTER / 2 - 1, 18, 3);
      key -= 40;
    }
  }

  private static void draw(
      Graphics2D g, Line line, Color color, double scaleX, double scaleY, int floor) {
    Path2D path = new Path2D.Double();
    g.setColor(color);
    for (Point point : line.points()) {
      double x = LEFT + point.x() * scaleX;
      double y = floor - point.y() * scaleY;
      if (path.getCurrentPoint() == null) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
      if (line.dots()) {
        g.fill(new Ellipse2D.Double(x - 4, y - 4, 8, 8));
      }
    }
    g.setStroke(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    if (path.getCurrentPoint() != null) {
      g.draw(path);
    }
  }

  private static void label(Graphics2D g, String text, double x, double y, double anchor) {
    g.setColor(INK);
    Lettering.draw(g, text, x - anchor * Lettering.width(text, LETTER), y, LETTER);
  }

  private double most(boolean ofX) {
    return lines.stream()
        .flatMap(line -> line.points().stream())
        .mapToDouble(point -> ofX ? point.x() : point.y())
        .max()
        .orElse(1);
  }

  /**
   * The distance between grid lines: 1, 2 or 5 times a power of ten, for at most {@code count}
   * intervals or so.
   */
  private static double step(double most, int count) {
    double least = Math.max(most, 1e-9) / count;
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= least * 0.999) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static String number(double value, double step) {
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
