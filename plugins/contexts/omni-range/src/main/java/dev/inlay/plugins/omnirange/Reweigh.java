package dev.inlay.plugins.omnirange;

import dev.inlay.Tensor;

/** What the importance of pixels multiplies; the paper's text leaves it open. */
public enum Reweigh {
  /** The gathered context of each pixel. */
  OUTPUT {
    @Override
    Tensor gather(Tensor weights, Tensor values, Tensor importance, Tensor x) {
      return values.matmul(weights.permute(0, 2, 1)).times(importance);
    }
  },

  /** The values, before they are gathered. */
  VALUE {
    @Override
    Tensor gather(Tensor weights, Tensor values, Tensor importance, Tensor x) {
      return values.times(importance).matmul(weights.permute(0, 2, 1));
    }
  },

  /** The features, which are added to the gathered context. */
  FEATURE {
    @Override
    Tensor gather(Tensor weights, Tensor values, Tensor importance, Tensor x) {
      return values.matmul(weights.permute(0, 2, 1)).plus(x.times(importance));
    }
  };

  /**
   * The context (B,C,N) of N pixels.
   *
   * @param weights the attention (B,N,N), of each row's pixel to all others
   * @param values (B,C,N)
   * @param importance (B,1,N)
   * @param x the features (B,C,N)
   */
  abstract Tensor gather(Tensor weights, Tensor values, Tensor importance, Tensor x);
}
