package dev.inlay.augment;

import java.util.SplittableRandom;

/**
 * Cut-out (DeVries and Taylor, 2017): rectangles are filled with one colour; their labels are
 * ignored.
 *
 * @param probability of a crop to be cut
 * @param holes the number of rectangles
 * @param least the least side, as a share of the crop's
 * @param most the greatest side, as a share of the crop's
 */
public record CutOut(double probability, int holes, double least, double most)
    implements Alteration {

  @Override
  public void after(Patch patch, SplittableRandom random) {
    if (random.nextDouble() >= probability) {
      return;
    }
    for (int i = 0; i < holes; i++) {
      int wide = side(patch.width(), random);
      int high = side(patch.height(), random);
      int left = random.nextInt(patch.width() - wide + 1);
      int top = random.nextInt(patch.height() - high + 1);
      for (int y = top; y < top + high; y++) {
        for (int x = left; x < left + wide; x++) {
          patch.erase(x, y);
        }
      }
    }
  }

  private int side(int whole, SplittableRandom random) {
    double share = least + random.nextDouble() * (most - least);
    return Math.max(1, Math.min(whole, (int) Math.round(share * whole)));
  }
}
