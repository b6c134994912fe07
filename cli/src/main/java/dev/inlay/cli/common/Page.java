package dev.inlay.cli.common;

import dev.inlay.image.Pictures;
import dev.inlay.image.RgbImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A page of HTML that needs no other file and no network, light or dark as the reader has it. */
public final class Page {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #262b33; --paper: #fff; --line: #d5d9e0; --bad: #b3261e; --good: #1b7f4d }
      @media (prefers-color-scheme: dark) { :root { --ink: #e3e6eb; --paper: #16191d; --line: #3a4049; --bad: #ff8a80; --good: #6fd3a0 } }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 76em; padding: 0 1em; color: var(--ink); background: var(--paper) }
      table { border-collapse: collapse } td, th { padding: .2em .9em .2em 0; text-align: right; border-bottom: 1px solid var(--line) }
      td:first-child, th:first-child { text-align: left } .bar { display: inline-block; height: .8em; min-width: 1px }
      .none, .serious, .worse { color: var(--bad) } .better { color: var(--good) } img { max-width: 100% } li { margin: .3em 0 }
      td.text, th.text { text-align: left } figure { margin: 1em 0 } figcaption { font-size: 90% } svg text { fill: var(--ink) }
      """;

  private final StringBuilder html = new StringBuilder();

  /** Begins a page. */
  public Page(String title) {
    line("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    line(
        "<meta name=\"viewport\" content=\"width=device-width\"><title>%s</title>", escaped(title));
    html.append("<style>\n").append(STYLE).append("</style></head><body>\n");
    line("<h1>%s</h1>", escaped(title));
  }

  /** Adds a line of HTML; texts of people must be {@link #escaped}. */
  public void line(String format, Object... values) {
    html.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** Adds HTML as it is. */
  public void add(CharSequence text) {
    html.append(text);
  }

  /** The whole page. */
  public String html() {
    return html + "</body></html>\n";
  }

  /** A text of people in HTML. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** The address of a picture that lies in the page itself, as PNG. */
  public static String png(BufferedImage picture) {
    return address(picture, "png");
  }

  /** The address of a picture that lies in the page itself, as JPEG, of this width at most. */
  public static String jpeg(RgbImage image, int width) {
    int wide = Math.min(width, image.width());
    int high = Math.max(1, Math.round((float) wide * image.height() / image.width()));
    BufferedImage small = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(Pictures.of(image), 0, 0, wide, high, Color.WHITE, null);
    graphics.dispose();
    return address(small, "jpeg");
  }

  private static String address(BufferedImage picture, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = Base64.getEncoder().encodeToString(bytes.toByteArray());
    return "data:image/%s;base64,%s".formatted(format, text);
  }
}
