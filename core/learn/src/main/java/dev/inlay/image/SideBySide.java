package dev.inlay.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture that compares predictions: one row for each image with the image, the true labels and
 * the prediction side by side, and a legend of the classes' colours below.
 */
public final class SideBySide {
  private static final int MARGIN = 16;
  private static final int GAP = 8;
  private static final int CELL = 320;
  private static final int LETTER = 10;
  private static final int LINE = 26;
  private static final int SWATCH = 16;
  private static final Color PAPER = Color.WHITE;
  private static final Color INK = new Color(0x26, 0x2b, 0x33);

  private final Palette classes;
  private final double opacity;
  private final List<Row> rows = new ArrayList<>();

  private record Row(
      String caption, RgbImage image, @Nullable LabelMap truth, LabelMap prediction) {
    /** The height of the row's pictures at the width of a cell. */
    int height() {
      return Math.max(1, Math.round((float) CELL * image.height() / image.width()));
    }
  }

  /**
   * A picture without rows.
   *
   * @param opacity the opacity of the colours over the image, 0 to 1; see {@link Overlay}
   */
  public SideBySide(Palette classes, double opacity) {
    this.classes = classes;
    this.opacity = opacity;
  }

  /**
   * Adds a row below the others.
   *
   * @param truth the true labels; null if unknown
   */
  public SideBySide add(
      String caption, RgbImage image, @Nullable LabelMap truth, LabelMap prediction) {
    rows.add(new Row(caption, image, truth, prediction));
    return this;
  }

  /** Draws the rows and the legend. */
  public BufferedImage paint() {
    boolean known = rows.stream().anyMatch(row -> row.truth() != null);
    return paint(known ? List.of("image", "truth", "prediction") : List.of("image", "prediction"));
  }

  /** Draws rows of an image and its labels, where nothing is predicted. */
  public BufferedImage paintLabels() {
    return paint(List.of("image", "labels"));
  }

  private BufferedImage paint(List<String> titles) {
    int width = 2 * MARGIN + titles.size() * CELL + (titles.size() - 1) * GAP;
    int height = 2 * MARGIN + LINE + legend(null, 0, width);
    for (Row row : rows) {
      height += LINE + row.height();
    }
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, width, height);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.setColor(INK);
    for (int i = 0; i < titles.size(); i++) {
      Lettering.draw(graphics, titles.get(i), column(i), MARGIN + LETTER, LETTER);
    }
    int top = MARGIN + LINE;
    for (Row row : rows) {
      cell(graphics, row.image(), 0, top);
      if (row.truth() != null) {
        cell(graphics, Overlay.paint(row.image(), row.truth(), classes, opacity), 1, top);
      }
      RgbImage found = Overlay.paint(row.image(), row.prediction(), classes, opacity);
      cell(graphics, found, titles.size() - 1, top);
      top += row.height();
      graphics.setColor(INK);
      Lettering.draw(graphics, row.caption(), MARGIN, top + LETTER + 4.0, LETTER * 0.8);
      top += LINE;
    }
    legend(graphics, top, width);
    graphics.dispose();
    return sheet;
  }

  private static int column(int index) {
    return MARGIN + index * (CELL + GAP);
  }

  private static void cell(Graphics2D graphics, RgbImage image, int index, int top) {
    int height = Math.max(1, Math.round((float) CELL * image.height() / image.width()));
    graphics.drawImage(Pictures.of(image), column(index), top, CELL, height, null);
  }

  /**
   * Draws the legend: the colour and name of each class, several in a line.
   *
   * @param graphics null to only measure the height
   * @return the legend's height
   */
  private int legend(@Nullable Graphics2D graphics, int top, int width) {
    int x = MARGIN;
    int y = top + GAP;
    for (int id = 0; id < classes.size(); id++) {
      String name = classes.name(id);
      int wide = SWATCH + GAP + (int) Math.ceil(Lettering.width(name, LETTER)) + 2 * GAP;
      if (x > MARGIN && x + wide > width - MARGIN) {
        x = MARGIN;
        y += LINE;
      }
      if (graphics != null) {
        graphics.setColor(new Color(classes.color(id)));
        graphics.fillRect(x, y, SWATCH, SWATCH);
        graphics.setColor(INK);
        graphics.drawRect(x, y, SWATCH - 1, SWATCH - 1);
        Lettering.draw(graphics, name, x + SWATCH + GAP, y + (SWATCH + LETTER) / 2.0, LETTER);
      }
      x += wide;
    }
    return y + LINE - top;
  }
}
