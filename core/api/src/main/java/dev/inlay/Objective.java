package dev.inlay;

import java.util.function.Supplier;

/**
 * A loss function: it computes the loss that training minimises from an output and the labels. An
 * objective has options, but no parameters.
 *
 * @param <O> the options record
 */
public non-sealed interface Objective<O extends Record> extends Technique<O> {

  /**
   * Describes the loss.
   *
   * @param output a decoder's output or a side output; logits are (B,K,h,w) at any resolution
   * @param labels class ids (B,H,W), integers
   * @param ignore the ignore index
   * @return the loss, a scalar
   */
  Tensor loss(O options, Tensor output, Tensor labels, int ignore, Scope scope);

  /**
   * The options after the labels of the training split were seen, for an objective that computes
   * some of its numbers from them, such as weights of classes. A training asks for them before its
   * first step, and describes the loss with them. Other objectives return the same options.
   *
   * @param labels counts the labels, which takes time; a loss that is described without a data set
   *     has none, and the call throws an {@link InlayException}
   */
  default O withLabels(O options, Supplier<LabelCounts> labels) {
    return options;
  }

  /** Where pixels count: the mask (B,1,H,W) of labels (B,H,W), 1 or 0 at the ignore index. */
  static Tensor counted(Tensor labels, int ignore) {
    return labels
        .ignored(ignore)
        .not()
        .asFloat()
        .reshape(labels.batch(), 1, labels.dim(1), labels.dim(2));
  }

  /**
   * Labels (B,H,W) as truth values of each class (B,classes,H,W), all false at the ignore index.
   */
  static Tensor truth(Tensor labels, int classes, int ignore) {
    return labels
        .maskedFill(labels.ignored(ignore), -1)
        .reshape(labels.batch(), 1, labels.dim(1), labels.dim(2))
        .oneHot(classes);
  }

  /**
   * Logits (B,K,h,w) at the size (B,K,H,W) of the labels (B,H,W), by bilinear interpolation if the
   * sizes differ.
   */
  static Tensor atLabels(Tensor logits, Tensor labels, boolean alignCorners) {
    Dim height = labels.dim(1);
    Dim width = labels.dim(2);
    boolean same = logits.height().equals(height) && logits.width().equals(width);
    return same ? logits : logits.resize(height, width, alignCorners);
  }
}
