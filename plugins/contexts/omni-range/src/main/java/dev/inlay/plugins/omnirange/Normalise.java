package dev.inlay.plugins.omnirange;

import dev.inlay.Tensor;

/** How the importance of an image's pixels is normalised; the paper's text leaves it open. */
public enum Normalise {
  /** Not at all: its mean over the pixels is 1. */
  NONE {
    @Override
    Tensor of(Tensor importance) {
      return importance;
    }
  },

  /** By its maximum, which becomes 1. */
  MAX {
    @Override
    Tensor of(Tensor importance) {
      return importance.div(importance.max(2));
    }
  },

  /** By a softmax over the pixels; its sum becomes 1. */
  SOFTMAX {
    @Override
    Tensor of(Tensor importance) {
      return importance.softmax(2);
    }
  };

  /** Importance (B,1,N) of N pixels. */
  abstract Tensor of(Tensor importance);
}
