package dev.inlay.data;

import dev.inlay.InlayException;
import java.util.Locale;

/**
 * A class of pixels: its name and the colour that shows it.
 *
 * @param name what people call it; not blank
 * @param color 0xRRGGBB
 */
public record LabelClass(String name, int color) {
  /** Refuses a blank name and a colour that has more than 24 bits. */
  public LabelClass {
    if (name.isBlank()) {
      throw new InlayException("A class has a blank name. Give every class a name.");
    }
    if ((color & 0xff000000) != 0) {
      throw new InlayException(
          "The class '%s' has the colour 0x%x, but a colour is 0xRRGGBB. Leave out the alpha."
              .formatted(name, color));
    }
  }

  /** The colour as people write it: {@code #rrggbb}. */
  public String hex() {
    return String.format(Locale.ROOT, "#%06x", color);
  }
}
