package dev.inlay.image;

/**
 * Shows where a prediction is wrong: the image in grey, wrong pixels in red, ignored pixels in a
 * lighter grey with stripes.
 */
public final class ErrorMap {

  private static final int WRONG = 0xd81b60;
  private static final double SHARE = 0.75;
  private static final int STRIPE = 6;

  private ErrorMap() {}

  /**
   * Paints the errors of a prediction.
   *
   * @param ignore the id of pixels whose truth is unknown
   */
  public static RgbImage paint(RgbImage image, LabelMap truth, LabelMap prediction, int ignore) {
    byte[] rgb = new byte[image.rgb().length];
    for (int y = 0, at = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++, at += 3) {
        int grey = grey(image, at);
        boolean unknown = truth.id(x, y) == ignore;
        boolean wrong = !unknown && truth.id(x, y) != prediction.id(x, y);
        for (int channel = 0; channel < 3; channel++) {
          int color = WRONG >> (16 - 8 * channel) & 255;
          double value =
              wrong
                  ? grey + SHARE * (color - grey)
                  : unknown && (x + y) / STRIPE % 2 == 0 ? 128 + grey / 2.0 : grey;
          rgb[at + channel] = (byte) Math.round(value);
        }
      }
    }
    return new RgbImage(image.width(), image.height(), rgb);
  }

  /** The luma of a pixel, ITU-R BT.601. */
  private static int grey(RgbImage image, int at) {
    byte[] rgb = image.rgb();
    double luma =
        0.299 * (rgb[at] & 255) + 0.587 * (rgb[at + 1] & 255) + 0.114 * (rgb[at + 2] & 255);
    return (int) Math.round(luma);
  }
}
