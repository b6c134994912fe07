package dev.inlay.image;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Stroke;
import java.awt.geom.Path2D;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * Draws short texts in a built-in stroke font, because a machine without a screen often has no
 * fonts. The font has the characters of ASCII; accents are dropped, and any other character becomes
 * a box.
 */
public final class Lettering {
  /**
   * The height of capitals: row 0 is their top, row 6 the baseline, row 8 the bottom of descenders.
   */
  private static final double CAPITALS = 6;

  private static final double SPACE = 3;
  private static final double GAP = 2;
  private static final String UNKNOWN = "00 40 46 06 00";

  /**
   * Each character with its strokes, separated by semicolons; a point is two digits, column and
   * row.
   */
  private static final String STROKES =
      """
      A 06 20 46;14 34
      B 03 33 42 41 30 00 06 36 45 44 33
      C 41 30 10 01 05 16 36 45
      D 00 06 26 44 42 20 00
      E 40 00 06 46;03 33
      F 40 00 06;03 33
      G 41 30 10 01 05 16 36 45 43 23
      H 00 06;40 46;03 43
      I 00 06
      J 30 35 26 16 05
      K 00 06;40 03 46
      L 00 06 36
      M 06 00 23 40 46
      N 06 00 46 40
      O 10 30 41 45 36 16 05 01 10
      P 06 00 30 41 42 33 03
      Q 10 30 41 45 36 16 05 01 10;24 46
      R 06 00 30 41 42 33 03;23 46
      S 41 30 10 01 02 13 33 44 45 36 16 05
      T 00 40;20 26
      U 00 05 16 36 45 40
      V 00 26 40
      W 00 16 22 36 40
      X 00 46;40 06
      Y 00 23 40;23 26
      Z 00 40 06 46
      a 33 22 12 03 05 16 26 35;32 36
      b 00 06;03 12 22 33 35 26 16 05
      c 33 22 12 03 05 16 26 35
      d 30 36;33 22 12 03 05 16 26 35
      e 04 34 33 22 12 03 05 16 26 35
      f 20 11 16;02 22
      g 32 37 28 18 07;33 22 12 03 05 16 26 35
      h 00 06;03 12 22 33 36
      i 02 06;00 00
      j 12 17 08;10 10
      k 00 06;32 04 36
      l 00 05 16
      m 02 06;03 12 23 26;23 32 43 46
      n 02 06;03 12 22 33 36
      o 12 22 33 35 26 16 05 03 12
      p 02 08;03 12 22 33 35 26 16 05
      q 32 38;33 22 12 03 05 16 26 35
      r 02 06;03 12 22
      s 32 12 03 14 24 35 26 06
      t 10 15 26;02 22
      u 02 05 16 26 35;32 36
      v 02 26 42
      w 02 16 23 36 42
      x 02 36;32 06
      y 02 26;42 26 18 08
      z 02 32 06 36
      0 10 20 31 35 26 16 05 01 10
      1 02 20 26
      2 01 10 20 31 32 06 36
      3 01 10 20 31 32 23 13;23 34 35 26 16 05
      4 36 30 04 44
      5 30 00 03 23 34 35 26 06
      6 31 20 10 01 05 16 26 35 34 23 13 04
      7 00 30 16
      8 13 02 01 10 20 31 32 23 13 04 05 16 26 35 34 23
      9 05 16 26 35 31 20 10 01 02 13 23 32
      . 06 06
      , 16 07
      : 03 03;06 06
      ; 13 13;16 07
      ! 00 04;06 06
      ? 01 10 20 31 32 13 14;16 16
      - 04 24
      _ 07 47
      + 04 44;22 26
      = 03 33;05 35
      * 22 26;03 45;43 05
      / 06 30
      \\ 00 36
      | 00 08
      ( 10 02 05 17
      ) 00 12 15 07
      [ 10 00 07 17
      ] 00 10 17 07
      { 20 11 13 04 15 17 28
      } 00 11 13 24 15 17 08
      < 32 04 36
      > 02 34 06
      % 06 40;00 10 11 01 00;35 45 46 36 35
      # 10 06;40 36;02 42;04 44
      & 46 02 01 10 20 21 04 05 16 26 44
      @ 35 45 41 30 10 01 05 16 36;33 22 13 14 25 34 32
      $ 41 30 10 01 02 13 33 44 45 36 16 05;20 26
      ' 00 01
      " 00 01;20 21
      ` 00 11
      ^ 01 10 21
      ~ 04 13 24 33
      """;

  private static final Map<Integer, String> GLYPHS = new HashMap<>();

  static {
    STROKES.lines().forEach(line -> GLYPHS.put(line.codePointAt(0), line.substring(2)));
  }

  private Lettering() {}

  /**
   * Draws one line of text in the graphics' colour.
   *
   * @param x the left end of the text, in pixels
   * @param baseline the baseline, in pixels from the top
   * @param capital the height of a capital, in pixels
   */
  public static void draw(
      Graphics2D graphics, String text, double x, double baseline, double capital) {
    Graphics2D pen = (Graphics2D) graphics.create();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    Stroke stroke =
        new BasicStroke(
            (float) Math.max(1.1, capital / 7), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    pen.setStroke(stroke);
    double scale = capital / CAPITALS;
    double at = x;
    for (int character : plain(text).codePoints().toArray()) {
      String strokes = strokes(character);
      Path2D path = new Path2D.Double();
      for (String line : strokes.split(";", -1)) {
        String[] points = line.split(" ", -1);
        for (int i = 0; i < points.length && !line.isEmpty(); i++) {
          double pointX = at + scale * (points[i].charAt(0) - '0');
          double pointY = baseline + scale * (points[i].charAt(1) - '0' - CAPITALS);
          if (i == 0) {
            path.moveTo(pointX, pointY);
          } else {
            path.lineTo(pointX, pointY);
          }
        }
      }
      pen.draw(path);
      at += scale * advance(strokes);
    }
    pen.dispose();
  }

  /** The width of a text, in pixels. */
  public static double width(String text, double capital) {
    double width = 0;
    for (int character : plain(text).codePoints().toArray()) {
      width += advance(strokes(character));
    }
    return capital / CAPITALS * Math.max(0, width - GAP);
  }

  private static String strokes(int character) {
    return character == ' ' ? "" : GLYPHS.getOrDefault(character, UNKNOWN);
  }

  /** The distance from the start of a character to the start of the next. */
  private static double advance(String strokes) {
    if (strokes.isEmpty()) {
      return SPACE;
    }
    int widest = 0;
    for (String point : strokes.split("[ ;]", -1)) {
      widest = Math.max(widest, point.charAt(0) - '0');
    }
    return widest + GAP;
  }

  /** The text without accents and with ASCII's dashes and quotes. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}", "")
        .replaceAll("\\p{Pd}", "-")
        .replaceAll("[\u2018\u2019]", "'")
        .replaceAll("[\u201c\u201d]", "\"")
        .replace("ß", "ss")
        .replaceAll("\\s", " ");
  }
}
