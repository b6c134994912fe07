package dev.inlay.reference;

import dev.inlay.Features;
import org.jspecify.annotations.Nullable;

/** The inputs on which a reference is described. */
public interface GivenInputs {

  /**
   * The first input as an image (B,3,H,W).
   *
   * @param classes the number of classes; null to take it from the shape of the outputs
   */
  Features image(@Nullable Integer classes);

  /** All inputs as maps (B,C,H,W), the finest first. */
  Features maps(@Nullable Integer classes);
}
