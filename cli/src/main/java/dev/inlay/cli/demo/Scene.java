package dev.inlay.cli.demo;

import dev.inlay.data.LabelledImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** A generated scene; a seed determines its objects, their positions and the light. */
final class Scene {
  // Some paints are in several lists, so that the colour does not determine the class.
  private static final float[][] WALLS = {
    {0.74f, 0.36f, 0.27f}, {0.82f, 0.72f, 0.52f}, {0.78f, 0.76f, 0.72f}, {0.42f, 0.45f, 0.50f},
  };
  private static final float[][] BALLS = {
    {0.88f, 0.22f, 0.20f},
    {0.18f, 0.42f, 0.82f},
    {0.95f, 0.62f, 0.12f},
    {0.58f, 0.25f, 0.66f},
    {0.82f, 0.72f, 0.52f},
  };
  private static final float[][] BEAMS = {
    {0.62f, 0.37f, 0.18f}, {0.86f, 0.66f, 0.32f}, {0.20f, 0.50f, 0.55f}, {0.74f, 0.36f, 0.27f},
  };
  private static final float[][] GROUNDS = {
    {0.36f, 0.50f, 0.20f}, {0.50f, 0.51f, 0.27f}, {0.36f, 0.35f, 0.33f}, {0.44f, 0.38f, 0.28f},
  };
  private static final float[][][] SKIES = {
    {{0.27f, 0.50f, 0.82f}, {0.74f, 0.86f, 0.95f}},
    {{0.38f, 0.40f, 0.62f}, {0.96f, 0.74f, 0.58f}},
    {{0.55f, 0.60f, 0.66f}, {0.82f, 0.84f, 0.86f}},
  };

  private final int width;
  private final int height;
  private final SplittableRandom random;
  private final Noise noise;
  private final Canvas canvas;

  /** The unit of lengths in pixels: 1 in a scene of 120 pixels. */
  private final double unit;

  private final double horizon;
  private final float[][] sky;
  private final float[] soil;

  /** The direction of the light: -1 from the left, 1 from the right. */
  private final double light;

  Scene(int width, int height, long seed) {
    this.width = width;
    this.height = height;
    this.random = new SplittableRandom(seed);
    this.noise = new Noise(random.nextLong());
    this.canvas = new Canvas(width, height);
    this.unit = Math.min(width, height) / 120.0;
    this.horizon = height * between(0.3, 0.5);
    this.sky = pick(SKIES);
    this.soil = varied(pick(GROUNDS));
    this.light = between(-1, 1);
  }

  /** An object on the ground; {@code foot} is its lowest row, greater for nearer objects. */
  private record Thing(double foot, Runnable drawing) {}

  LabelledImage draw() {
    canvas.paint(Scenes.SKY, (x, y) -> -1, this::skyColor);
    canvas.paint(Scenes.GROUND, hills(), this::groundColor);
    for (int i = 0; i < 45; i++) {
      speck();
    }
    List<Thing> things = new ArrayList<>();
    add(things, 1 + random.nextInt(2), this::wall);
    add(things, 1 + random.nextInt(2), this::ball);
    add(things, 1 + random.nextInt(2), this::beam);
    things.sort(Comparator.comparingDouble(Thing::foot));
    things.forEach(thing -> thing.drawing().run());
    return develop();
  }

  /** Draws an object at a position on the ground. */
  @FunctionalInterface
  private interface Kind {
    void draw(double x, double foot);
  }

  private void add(List<Thing> things, int count, Kind kind) {
    for (int i = 0; i < count; i++) {
      double x = width * between(0.05, 0.95);
      double foot = horizon + (height - horizon) * between(0.15, 0.95);
      things.add(new Thing(foot, () -> kind.draw(x, foot)));
    }
  }

  private void skyColor(double x, double y, float[] rgb) {
    double down = Math.min(1, y / horizon);
    double cloud = noise.at(x / (34 * unit), 40 + y / (14 * unit), 4);
    double white = Math.max(0, Math.min(0.85, 2.2 * (cloud - 0.02)));
    for (int c = 0; c < 3; c++) {
      double clear = sky[0][c] + (sky[1][c] - sky[0][c]) * down;
      rgb[c] = (float) (clear + (0.95 - clear) * white);
    }
  }

  private Canvas.Outline hills() {
    double[] crests = new double[width];
    for (int x = 0; x < width; x++) {
      crests[x] = horizon + 6 * unit * noise.at(x / (45 * unit), 7, 3);
    }
    return (x, y) -> Math.min(1, crests[(int) x] - y);
  }

  private void groundColor(double x, double y, float[] rgb) {
    // Distant ground is seen at a flatter angle, so that its texture is finer and lower.
    double near = 0.25 + Math.max(0, (y - horizon) / (height - horizon));
    double across = (x - width / 2.0) / (9 * unit * near);
    double grain = noise.at(across, 11 / near, 4) + 0.5 * noise.at(x / unit, y / unit, 2);
    double patch = noise.at(across / 5, 90 + 3 / near, 2);
    for (int c = 0; c < 3; c++) {
      rgb[c] = (float) (soil[c] * (1 + 0.4 * grain + 0.35 * patch));
    }
  }

  /** A stone or leaf: a spot of an object's colour without a label of its own. */
  private void speck() {
    double x = width * random.nextDouble();
    double y = horizon + (height - horizon) * Math.sqrt(random.nextDouble());
    double radius = unit * between(0.6, 1.9);
    float[] paint = varied(pick(random.nextBoolean() ? BALLS : WALLS));
    canvas.stain(Canvas.ellipse(x, y, radius * 1.4, radius), (u, v, rgb) -> set(rgb, paint, 1));
  }

  private void wall(double x, double foot) {
    double halfWidth = unit * between(26, 44);
    double halfHeight = unit * between(25, 35);
    double angle = between(-0.09, 0.09);
    double middle = foot - halfHeight;
    float[] paint = varied(pick(WALLS));
    double course = unit * between(3.5, 7);
    boolean planks = random.nextBoolean();
    double seam = between(0.12, 0.3);
    shadow(x, foot, halfWidth * 1.15, unit * 6);
    canvas.paint(
        Scenes.WALL,
        Canvas.rectangle(x, middle, halfWidth, halfHeight, angle),
        (u, v, rgb) -> {
          double along = (planks ? u - x : v - middle) / course;
          boolean inSeam = along - Math.floor(along) < 0.2;
          double side = light * (u - x) / halfWidth;
          double rough = 0.3 * noise.at(u / (3 * unit), 200 + v / (3 * unit), 3);
          set(rgb, paint, (0.9 + 0.16 * side + rough) * (inSeam ? 1 - seam : 1));
        });
    int windows = halfWidth > 36 * unit ? 2 : 1;
    double room = 2 * halfWidth / windows;
    for (int i = 0; i < windows; i++) {
      double offset = room * (i + 0.5) - halfWidth;
      double halfPane = Math.min(unit * between(13, 17), room / 2 - 6 * unit);
      double raise = unit * between(0, 4);
      window(
          x + offset * Math.cos(angle) + raise * Math.sin(angle),
          middle + offset * Math.sin(angle) - raise * Math.cos(angle),
          halfPane,
          Math.min(unit * between(13, 19), halfHeight - raise - 6 * unit),
          angle);
    }
  }

  /** A window, which reflects a part of the sky. */
  private void window(double x, double y, double halfWidth, double halfHeight, double angle) {
    double frame = 1.4 * unit;
    canvas.stain(
        Canvas.rectangle(x, y, halfWidth + frame, halfHeight + frame, angle),
        (u, v, rgb) -> set(rgb, new float[] {0.2f, 0.18f, 0.17f}, 1));
    double from = between(0, Math.max(1, horizon - 2 * halfHeight));
    double shift = between(0, 500);
    canvas.paint(
        Scenes.WINDOW,
        Canvas.rectangle(x, y, halfWidth, halfHeight, angle),
        (u, v, rgb) -> skyColor(u + shift, from + v - (y - halfHeight), rgb));
  }

  private void ball(double x, double foot) {
    double radius = unit * between(17, 25);
    double y = foot - radius;
    float[] paint = varied(pick(BALLS));
    float[] stripe = varied(pick(BALLS));
    double turn = between(0, Math.PI);
    double bands = between(0.12, 0.3);
    shadow(x, foot, radius * 1.05, radius * 0.35);
    canvas.paint(
        Scenes.BALL,
        Canvas.disc(x, y, radius),
        (u, v, rgb) -> {
          double right = (u - x) / radius;
          double down = (v - y) / radius;
          double front = Math.sqrt(Math.max(0, 1 - right * right - down * down));
          double lit = 0.45 + 0.75 * Math.max(0, 0.5 * light * right - 0.5 * down + 0.6 * front);
          boolean striped = Math.abs(right * Math.cos(turn) + down * Math.sin(turn)) < bands;
          double rough = 0.12 * noise.at(u / (2 * unit), 300 + v / (2 * unit), 2);
          set(rgb, striped ? stripe : paint, lit + rough);
        });
  }

  private void beam(double x, double foot) {
    double half = unit * between(7, 9.5);
    double halfLength = unit * between(35, 75);
    boolean upright = random.nextInt(3) > 0;
    double angle = (upright ? Math.PI / 2 : 0) + between(-0.35, 0.35);
    double y = foot - Math.abs(Math.sin(angle)) * halfLength - half;
    float[] paint = varied(pick(BEAMS));
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    shadow(x, foot, upright ? 12 * unit : halfLength, unit * 3.5);
    canvas.paint(
        Scenes.BEAM,
        Canvas.rectangle(x, y, halfLength, half, angle),
        (u, v, rgb) -> {
          double along = (u - x) * cos + (v - y) * sin;
          double across = ((v - y) * cos - (u - x) * sin) / half;
          double round = 1.05 - 0.5 * across * across;
          double wood = 0.5 * noise.at(along / (14 * unit), 400 + across * 2, 3);
          set(rgb, paint, round + wood);
        });
  }

  /** A soft shadow beside an object's foot, away from the light. */
  private void shadow(double x, double foot, double halfWidth, double halfHeight) {
    canvas.shade(
        Canvas.ellipse(x - light * halfWidth * 0.5, foot, halfWidth, halfHeight),
        between(0.25, 0.45),
        halfHeight);
  }

  private LabelledImage develop() {
    double tilt = between(-0.2, 0.2);
    double exposure = between(0.85, 1.1);
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++, at++) {
        canvas.light(at, exposure + tilt * (2.0 * x / width - 1) - 0.08 * (2.0 * y / height - 1));
      }
    }
    float[] grain = new float[3 * width * height];
    for (int i = 0; i < grain.length; i++) {
      // The sum of two uniform values has a triangular distribution, close to a camera's noise.
      grain[i] = (float) (0.02 * (random.nextDouble() + random.nextDouble() - 1));
    }
    return canvas.develop(grain);
  }

  private double between(double least, double greatest) {
    return least + (greatest - least) * random.nextDouble();
  }

  private <T> T pick(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** A random variation of a colour, in brightness and in each channel. */
  private float[] varied(float[] color) {
    double bright = between(0.8, 1.15);
    float[] varied = new float[3];
    for (int c = 0; c < 3; c++) {
      varied[c] = (float) (color[c] * bright + between(-0.04, 0.04));
    }
    return varied;
  }

  private static void set(float[] rgb, float[] color, double lit) {
    for (int c = 0; c < 3; c++) {
      rgb[c] = (float) (color[c] * lit);
    }
  }
}
