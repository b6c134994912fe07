package dev.inlay.plugins.classfeature;

import dev.inlay.Tensor;

/** How the centres of the classes come from pixels (B,C,N) and coarse logits (B,K,N). */
public enum Centres {
  /** The paper's: the mean of all pixels, weighted by the coarse probability of the class. */
  MEAN {
    @Override
    Tensor classes(Tensor logits) {
      return logits.softmax(1);
    }

    @Override
    Tensor centres(Tensor pixels, Tensor classes) {
      Tensor sums = classes.matmul(pixels.permute(0, 2, 1));
      // A softmax underflows to 0, also for all pixels.
      return sums.div(classes.sum(2).atLeast(LEAST));
    }
  },

  /**
   * That of a published code: the coarse logits themselves weigh the pixels, and the centre is a
   * softmax over the channels of the negated sum.
   */
  CHANNEL_SOFTMAX {
    @Override
    Tensor classes(Tensor logits) {
      return logits;
    }

    @Override
    Tensor centres(Tensor pixels, Tensor classes) {
      Tensor sums = classes.matmul(pixels.permute(0, 2, 1));
      return sums.max(2).minus(sums).softmax(2);
    }
  };

  private static final double LEAST = 1e-6;

  /** The weights (B,K,N) of the pixels. */
  abstract Tensor classes(Tensor logits);

  /** The centres (B,K,C). */
  abstract Tensor centres(Tensor pixels, Tensor classes);
}
