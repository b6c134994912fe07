package dev.inlay.data;

import dev.inlay.InlayException;
import java.util.Locale;

/**
 * A class of pixels: its name and its colour in pictures.
 *
 * @param name the class's name, not blank
 * @param color 0xRRGGBB
 */
public record LabelClass(String name, int color) {
  /** Checks that the name is not blank and that the colour has 24 bits. */
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

  /** The colour in the form {@code #rrggbb}. */
  public String hex() {
    return String.format(Locale.ROOT, "#%06x", color);
  }
}
