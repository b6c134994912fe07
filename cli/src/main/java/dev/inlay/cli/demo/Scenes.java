package dev.inlay.cli.demo;

import dev.inlay.InlayException;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.data.LabelledImage;
import dev.inlay.data.SampleSource;
import dev.inlay.data.Seeds;
import java.util.List;

/**
 * Generated scenes for demos without a download: ground, sky, balls, walls with windows, and beams,
 * with texture, shadow and clutter.
 *
 * <p>Colour alone does not determine the class: walls, balls and beams share their colours, and
 * specks on the ground have the same colours. A window reflects the sky and differs from it only by
 * the wall around it.
 */
public final class Scenes implements SampleSource {
  static final int GROUND = 0;
  static final int SKY = 1;
  static final int BALL = 2;
  static final int WALL = 3;
  static final int WINDOW = 4;
  static final int BEAM = 5;

  private static final ClassList CLASSES =
      new ClassList(
          List.of(
              new LabelClass("ground", 0x7c9c50),
              new LabelClass("sky", 0x86c5ea),
              new LabelClass("ball", 0xe4572e),
              new LabelClass("wall", 0x8a63c4),
              new LabelClass("window", 0xf5c542),
              new LabelClass("beam", 0x17607a)),
          ClassList.DEFAULT_IGNORE);

  private final int count;
  private final int width;
  private final int height;
  private final long seed;

  /**
   * Describes scenes, each of which is drawn when it is read.
   *
   * @param count the number of scenes
   * @param width in pixels, at least 32
   * @param height in pixels, at least 32
   * @param seed the seed of the scenes; training and scoring need different seeds
   */
  public Scenes(int count, int width, int height, long seed) {
    if (count < 1) {
      throw new InlayException(
          "%d scenes were asked for, but there must be at least 1.".formatted(count));
    }
    if (Math.min(width, height) < 32 || Math.max(width, height) > 4096) {
      throw new InlayException(
          "The scenes are %dx%d, but each side must be 32 to 4096 pixels."
              .formatted(width, height));
    }
    this.count = count;
    this.width = width;
    this.height = height;
    this.seed = seed;
  }

  /** The classes of all scenes. */
  public static ClassList classes() {
    return CLASSES;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public String name(int index) {
    return "scene-%04d".formatted(index);
  }

  @Override
  public LabelledImage read(int index) {
    return new Scene(width, height, Seeds.mix(seed, index)).draw();
  }
}
