package dev.inlay;

import java.util.Map;
import java.util.Optional;

/**
 * Parameters that a stage computes from the labels of a dataset before training begins. {@code
 * inlay prepare} shows it the label maps of a split one by one, and writes its parameters as a file
 * with which training begins.
 *
 * <p>One object serves one run and one thread.
 */
public interface Preparation {

  /** What is computed, in a few words, such as {@code W from the blocks of labels}. */
  String summary();

  /** Takes in the labels of one image. */
  void see(Labels labels);

  /** Tells that all images were shown, and asks whether to show all of them once more. */
  default boolean again() {
    return false;
  }

  /**
   * The values of parameters, by their names in the stage's scope and in row-major order, after the
   * last image.
   *
   * @throws InlayException if the images had no labels to learn from
   */
  Map<String, float[]> parameters();

  /**
   * What to know about the parameters, after the last image: numbers by names such as {@code
   * meanSquaredError}, counts as {@code Integer} or {@code Long}.
   */
  Map<String, Number> figures();

  /** How the parameters bring labels to low resolution and back, if that is what they do. */
  default Optional<RoundTrip> roundTrip() {
    return Optional.empty();
  }
}
