package dev.inlay.cli.common;

import dev.inlay.InlayException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A batch of maps (B,C,H,W), as users write it: {@code 2048x128x128} or {@code 2x512x64x64}. */
public record MapSize(long batch, int channels, long height, long width) {

  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,9})x)?(\\d{1,9})x(\\d{1,9})x(\\d{1,9})");

  /**
   * Reads a size.
   *
   * @throws InlayException if the text is no such size
   */
  public static MapSize parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches() || text.matches("(.*x)?0+(x.*)?")) {
      throw new InlayException(
          "--input is '%s'; with --module it must be the map's CxHxW or BxCxHxW, each 1 or more, as in 2048x128x128."
              .formatted(text));
    }
    return new MapSize(
        parts.group(1) == null ? 1 : Long.parseLong(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Long.parseLong(parts.group(3)),
        Long.parseLong(parts.group(4)));
  }

  @Override
  public String toString() {
    return batch + "x" + channels + "x" + height + "x" + width;
  }
}
