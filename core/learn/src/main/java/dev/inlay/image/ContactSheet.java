package dev.inlay.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The channels of a feature map as one picture: each in its own range of values, from dark blue for
 * the least over green to yellow for the largest. Channels of one value are grey, NaN and infinite
 * values magenta.
 */
public final class ContactSheet {

  private static final int MARGIN = 20;
  private static final int GAP = 10;
  private static final int CAPTION = 18;
  private static final int WIDTH = 1500;
  private static final int AREA = 150 * 150;
  private static final int SHORTEST = 48;
  private static final int LONGEST = 320;
  private static final double TITLE_LETTER = 15;
  private static final double LETTER = 10;
  private static final double SMALL_LETTER = 7.5;
  private static final Color PAPER = new Color(0xfa, 0xfa, 0xf8);
  private static final Color INK = new Color(0x26, 0x2b, 0x33);
  private static final Color FAINT = new Color(0x6c, 0x74, 0x80);
  private static final int LEGEND = 120;
  private static final int CONSTANT = 0xb4b8be;
  private static final int NOT_FINITE = 0xff2bd6;

  /** Colours from the least to the largest value, of equal steps in lightness. */
  private static final int[] RAMP = {
    0x10123f, 0x2a2f7a, 0x2c5f95, 0x22878f, 0x35ab74, 0x8fcb45, 0xfbe63a
  };

  private final String title;
  private final String subtitle;
  private final RgbImage image;
  private final int width;
  private final int height;
  private final List<Cell> cells = new ArrayList<>();

  private record Cell(String name, float[] values, float least, float largest, boolean finite) {}

  /**
   * A sheet without channels.
   *
   * @param image the picture that the network saw
   * @param width the width of the channels in values
   * @param height their height in values
   */
  public ContactSheet(String title, String subtitle, RgbImage image, int width, int height) {
    this.title = title;
    this.subtitle = subtitle;
    this.image = image;
    this.width = width;
    this.height = height;
  }

  /**
   * Adds a channel.
   *
   * @param name such as its number
   * @param values (H,W), row by row
   */
  public ContactSheet add(String name, float[] values) {
    if (values.length != width * height) {
      throw new IllegalArgumentException(
          "%d values are not a map of %dx%d.".formatted(values.length, width, height));
    }
    float least = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    boolean finite = true;
    for (float value : values) {
      if (Float.isFinite(value)) {
        least = Math.min(least, value);
        largest = Math.max(largest, value);
      } else {
        finite = false;
      }
    }
    cells.add(new Cell(name, values.clone(), least, largest, finite));
    return this;
  }

  /** Draws the sheet. */
  public BufferedImage paint() {
    double aspect = (double) width / height;
    int cellWidth = bounded(Math.sqrt(AREA * aspect));
    int cellHeight = bounded(Math.sqrt(AREA / aspect));
    int most = Math.max(2, (WIDTH - 2 * MARGIN + GAP) / (cellWidth + GAP));
    int columns = columns(cells.size(), most);
    int rows = (cells.size() + columns - 1) / columns;
    double words =
        Math.max(
            3.0 * LEGEND,
            Math.max(Lettering.width(title, TITLE_LETTER), Lettering.width(subtitle, LETTER)));
    int header = cellWidth + 2 * GAP + (int) Math.ceil(words);
    int sheetWidth = 2 * MARGIN + Math.max(header, columns * (cellWidth + GAP) - GAP);
    int top = MARGIN + cellHeight + 2 * GAP;
    int sheetHeight = top + rows * (cellHeight + CAPTION + GAP) - GAP + MARGIN;
    BufferedImage sheet = new BufferedImage(sheetWidth, sheetHeight, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, sheetWidth, sheetHeight);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(Pictures.of(image), MARGIN, MARGIN, cellWidth, cellHeight, null);
    int beside = MARGIN + cellWidth + 2 * GAP;
    graphics.setColor(INK);
    Lettering.draw(graphics, title, beside, MARGIN + TITLE_LETTER, TITLE_LETTER);
    graphics.setColor(FAINT);
    Lettering.draw(graphics, subtitle, beside, MARGIN + TITLE_LETTER + 26, LETTER);
    legend(graphics, beside, MARGIN + (int) TITLE_LETTER + 42);
    // Values that are enlarged stay squares: a blurred map would look finer than it is.
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION,
        width < cellWidth
            ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
            : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      int x = MARGIN + i % columns * (cellWidth + GAP);
      int y = top + i / columns * (cellHeight + CAPTION + GAP);
      graphics.drawImage(painted(cell), x, y, cellWidth, cellHeight, null);
      caption(graphics, cell, x, y + cellHeight + CAPTION - 6, cellWidth);
    }
    graphics.dispose();
    return sheet;
  }

  private static void legend(Graphics2D graphics, int left, int top) {
    int x = words(graphics, "least", left, top);
    for (int i = 0; i < LEGEND; i++) {
      double at = (double) i / (LEGEND - 1) * (RAMP.length - 1);
      int from = Math.min((int) at, RAMP.length - 2);
      graphics.setColor(new Color(mixed(RAMP[from], RAMP[from + 1], at - from)));
      graphics.fillRect(x + i, top, 1, (int) LETTER);
    }
    x = words(graphics, "largest", x + LEGEND + GAP, top);
    x = swatch(graphics, "one value", x + GAP, top, CONSTANT);
    swatch(graphics, "not finite", x + GAP, top, NOT_FINITE);
  }

  private static int swatch(Graphics2D graphics, String name, int x, int top, int color) {
    graphics.setColor(new Color(color));
    graphics.fillRect(x, top, (int) LETTER, (int) LETTER);
    return words(graphics, name, x + (int) LETTER + GAP / 2, top);
  }

  /** Writes words and gives the place after them. */
  private static int words(Graphics2D graphics, String text, int x, int top) {
    graphics.setColor(FAINT);
    Lettering.draw(graphics, text, x, top + LETTER - 1, SMALL_LETTER);
    return x + (int) Math.ceil(Lettering.width(text, SMALL_LETTER)) + GAP;
  }

  private static int bounded(double side) {
    return (int) Math.round(Math.max(SHORTEST, Math.min(LONGEST, side)));
  }

  /** As many columns as fit, or fewer if the rows can then be equally long. */
  private static int columns(int cells, int most) {
    for (int columns = Math.min(cells, most); columns > most * 2 / 3; columns--) {
      if (cells % columns == 0) {
        return columns;
      }
    }
    return Math.max(1, Math.min(cells, most));
  }

  private static void caption(Graphics2D graphics, Cell cell, int x, int baseline, int cellWidth) {
    graphics.setColor(INK);
    Lettering.draw(graphics, cell.name, x, baseline, SMALL_LETTER);
    String range = range(cell);
    double wide = Lettering.width(range, SMALL_LETTER);
    if (Lettering.width(cell.name, SMALL_LETTER) + GAP + wide <= cellWidth) {
      graphics.setColor(FAINT);
      Lettering.draw(graphics, range, x + cellWidth - wide, baseline, SMALL_LETTER);
    }
  }

  private static String range(Cell cell) {
    if (cell.least > cell.largest) {
      return "not finite";
    }
    String range =
        cell.least == cell.largest
            ? "all " + number(cell.least)
            : number(cell.least) + " to " + number(cell.largest);
    return cell.finite ? range : range + ", not finite";
  }

  private static String number(float value) {
    if (value == 0) {
      return "0";
    }
    return Math.abs(value) >= 0.01 && Math.abs(value) < 1000
        ? String.format(Locale.ROOT, "%.2f", value)
        : String.format(Locale.ROOT, "%.0e", value);
  }

  private BufferedImage painted(Cell cell) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < cell.values.length; i++) {
      picture.setRGB(i % width, i / width, color(cell, cell.values[i]));
    }
    return picture;
  }

  private static int color(Cell cell, float value) {
    if (!Float.isFinite(value)) {
      return NOT_FINITE;
    }
    if (cell.least == cell.largest) {
      return CONSTANT;
    }
    double at = ((double) value - cell.least) / ((double) cell.largest - cell.least);
    double step = at * (RAMP.length - 1);
    int from = Math.min((int) step, RAMP.length - 2);
    return mixed(RAMP[from], RAMP[from + 1], step - from);
  }

  private static int mixed(int from, int to, double share) {
    int color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = from >> shift & 255;
      int b = to >> shift & 255;
      color |= (int) Math.round(a + share * (b - a)) << shift;
    }
    return color;
  }
}
