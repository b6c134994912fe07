package dev.inlay.cli.demo;

import dev.inlay.data.LabelledImage;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;

/** Colours and labels of an image, painted from far to near. */
final class Canvas {
  /**
   * A signed distance: a lower bound of a point's distance to the outline in pixels, negative
   * inside. It changes by at most 1 a pixel, so that painting can skip distant pixels.
   */
  @FunctionalInterface
  interface Outline {
    double distance(double x, double y);
  }

  /** The colour of a surface at a point: three values from 0 to 1. */
  @FunctionalInterface
  interface Surface {
    void color(double x, double y, float[] rgb);
  }

  private final int width;
  private final int height;
  private final float[] rgb;
  private final byte[] ids;

  Canvas(int width, int height) {
    this.width = width;
    this.height = height;
    this.rgb = new float[3 * width * height];
    this.ids = new byte[width * height];
  }

  /** Paints a shape with antialiased edges; pixels covered by more than half get its class. */
  void paint(int id, Outline outline, Surface surface) {
    float[] color = new float[3];
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at++) {
        double cover = 0.5 - outline.distance(x + 0.5, y + 0.5);
        if (cover <= -1) {
          int skipped = Math.min((int) -cover, width - 1 - x);
          x += skipped;
          at += skipped;
        } else if (cover > 0) {
          surface.color(x + 0.5, y + 0.5, color);
          float share = (float) Math.min(1, cover);
          for (int c = 0; c < 3; c++) {
            rgb[3 * at + c] += share * (color[c] - rgb[3 * at + c]);
          }
          if (cover >= 0.5) {
            ids[at] = (byte) id;
          }
        }
      }
    }
  }

  /** Paints colours without a change of labels, for specks. */
  void stain(Outline outline, Surface surface) {
    byte[] before = ids.clone();
    paint(0, outline, surface);
    System.arraycopy(before, 0, ids, 0, ids.length);
  }

  /**
   * Darkens the pixels in a shadow.
   *
   * @param strength the share of light that is missing in its centre, 0 to 1
   * @param softness the width of its edge, in pixels
   */
  void shade(Outline outline, double strength, double softness) {
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at++) {
        double depth = 0.5 - outline.distance(x + 0.5, y + 0.5) / softness;
        light(at, 1 - strength * Math.max(0, Math.min(1, depth)));
      }
    }
  }

  /** Multiplies a pixel's brightness. */
  void light(int at, double factor) {
    for (int c = 0; c < 3; c++) {
      rgb[3 * at + c] *= (float) factor;
    }
  }

  /**
   * Rounds the colours to bytes.
   *
   * @param grain the camera's noise (H,W,3), added to the values
   */
  LabelledImage develop(float[] grain) {
    byte[] bytes = new byte[rgb.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(255 * Math.max(0, Math.min(1, rgb[i] + grain[i])));
    }
    return new LabelledImage(new RgbImage(width, height, bytes), new LabelMap(width, height, ids));
  }

  /** A disc. */
  static Outline disc(double centreX, double centreY, double radius) {
    return (x, y) -> Math.hypot(x - centreX, y - centreY) - radius;
  }

  /** An ellipse; its distance is exact on the edge only. */
  static Outline ellipse(double centreX, double centreY, double radiusX, double radiusY) {
    double least = Math.min(radiusX, radiusY);
    return (x, y) -> (Math.hypot((x - centreX) / radiusX, (y - centreY) / radiusY) - 1) * least;
  }

  /** A rotated rectangle, by its half sizes and its angle in radians. */
  static Outline rectangle(
      double centreX, double centreY, double halfWidth, double halfHeight, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return (x, y) -> {
      double along = Math.abs((x - centreX) * cos + (y - centreY) * sin) - halfWidth;
      double across = Math.abs((y - centreY) * cos - (x - centreX) * sin) - halfHeight;
      return Math.hypot(Math.max(along, 0), Math.max(across, 0))
          + Math.min(0, Math.max(along, across));
    };
  }
}
