package dev.inlay.reference;

import dev.inlay.Features;
import org.jspecify.annotations.Nullable;

/** The inputs on which part of a reference is described. */
public interface GivenInputs {

  /**
   * The first input as an image (B,3,H,W).
   *
   * @param classes how many classes the part tells apart; null for as many as its outputs show
   */
  Features image(@Nullable Integer classes);

  /** All inputs as maps (B,C,h,w), the finest first. */
  Features maps(@Nullable Integer classes);
}
