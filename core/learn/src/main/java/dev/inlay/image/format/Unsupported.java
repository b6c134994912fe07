package dev.inlay.image.format;

import java.io.IOException;

/** An image is whole, but of a kind that is not read; the message goes on after the file's name. */
public final class Unsupported extends IOException {
  private static final long serialVersionUID = 1L;

  Unsupported(String message) {
    super(message);
  }

  static Unsupported inks() {
    return new Unsupported("is a CMYK image, but images must be RGB or grey. Save it as RGB.");
  }

  static Unsupported bits(int bits) {
    return new Unsupported(
        "has %d bits per channel, but images have 8. Save it with 8 bits per channel."
            .formatted(bits));
  }

  static Unsupported bands(int bands) {
    return new Unsupported(
        "has %d bands, but images have 3 (red, green, blue) or 1 (grey). %s"
            .formatted(bands, "Save its red, green and blue band as one RGB image."));
  }

  static Unsupported greyBands(int bands) {
    return new Unsupported(
        "has %d bands that are marked as grey, not as red, green and blue. %s"
            .formatted(bands, "Save them as one RGB image if they are these colours."));
  }

  static Unsupported colors(String space) {
    return new Unsupported(
        "has colours in %s, but images must be RGB or grey. Save it as RGB.".formatted(space));
  }
}
