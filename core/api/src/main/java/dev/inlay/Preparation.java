package dev.inlay;

import java.util.Map;
import java.util.Optional;

/**
 * The computation of a stage's parameters from a dataset's labels before training. {@code inlay
 * prepare} passes the label maps of a split one by one, and writes the parameters to a file of
 * initial weights.
 *
 * <p>One object serves one run and one thread.
 */
public interface Preparation {

  /** The computed value in a few words, such as {@code W from the blocks of labels}. */
  String summary();

  /** Adds the labels (H,W) of one image. */
  void see(Labels labels);

  /** Ends a pass over all images; returns whether another pass is needed. */
  default boolean again() {
    return false;
  }

  /**
   * The parameters after the last pass: values in row-major order, by name in the stage's scope.
   *
   * @throws InlayException if the images had no labels to learn from
   */
  Map<String, float[]> parameters();

  /**
   * Figures about the parameters after the last pass, by names such as {@code meanSquaredError};
   * counts are {@code Integer} or {@code Long}.
   */
  Map<String, Number> figures();

  /** The round trip of labels to low resolution and back, if the parameters define one. */
  default Optional<RoundTrip> roundTrip() {
    return Optional.empty();
  }
}
