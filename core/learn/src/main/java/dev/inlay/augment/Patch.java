package dev.inlay.augment;

/**
 * A crop that alterations change in place.
 *
 * @param rgb (H,W,3), unsigned bytes
 * @param labels (H,W), unsigned bytes
 * @param fill the colour of what lies outside the image, 0xRRGGBB
 * @param ignore the label of what lies outside the image
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Patch(int width, int height, byte[] rgb, byte[] labels, int fill, int ignore) {

  /** Replaces the pixels; the labels stay. */
  void replace(byte[] changed) {
    System.arraycopy(changed, 0, rgb, 0, rgb.length);
  }

  /** Makes a pixel one that does not count. */
  void erase(int x, int y) {
    int at = y * width + x;
    rgb[3 * at] = (byte) (fill >> 16);
    rgb[3 * at + 1] = (byte) (fill >> 8);
    rgb[3 * at + 2] = (byte) fill;
    labels[at] = (byte) ignore;
  }

  /** A value as a byte, clipped and rounded down. */
  static byte clipped(float value) {
    return (byte) (int) Math.max(0, Math.min(255, value));
  }
}
