package dev.inlay.cli.demo;

import dev.inlay.data.Seeds;

/** Smooth random texture: random values at integer coordinates, interpolated between them. */
final class Noise {
  private final long seed;

  Noise(long seed) {
    this.seed = seed;
  }

  /** The sum of octaves, each with twice the frequency and half the amplitude; -1 to 1. */
  double at(double x, double y, int octaves) {
    double sum = 0;
    double strength = 0.5;
    for (int octave = 0; octave < octaves; octave++) {
      sum += strength * smooth(x, y, octave);
      x *= 2;
      y *= 2;
      strength /= 2;
    }
    return sum;
  }

  private double smooth(double x, double y, int octave) {
    long column = (long) Math.floor(x);
    long row = (long) Math.floor(y);
    double right = ease(x - column);
    double below = ease(y - row);
    double upper = mix(corner(column, row, octave), corner(column + 1, row, octave), right);
    double lower = mix(corner(column, row + 1, octave), corner(column + 1, row + 1, octave), right);
    return mix(upper, lower, below);
  }

  private double corner(long column, long row, int octave) {
    return (Seeds.mix(seed + octave, column * 0x1f1f1f1fL + row) >> 11) * 0x1p-52;
  }

  private static double ease(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double a, double b, double t) {
    return a + (b - a) * t;
  }
}
