package dev.inlay.augment;

import java.util.SplittableRandom;

/** One random change of images. Equal random numbers give equal changes. */
public sealed interface Alteration
    permits Blur, CutOut, Jpeg, Mosaic, Noise, Photometric, QuarterTurns, Rotation {

  /** A whole image in the place of another, before it is scaled and cropped. */
  default Patch before(Patch whole, SplittableRandom random) {
    return whole;
  }

  /** Changes a crop. */
  default void after(Patch patch, SplittableRandom random) {}
}
