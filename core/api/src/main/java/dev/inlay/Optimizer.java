package dev.inlay;

/**
 * How a gradient changes a weight: the rule that one step of training applies to every trained
 * parameter.
 *
 * <p>An optimizer only describes the rule, for one parameter of any shape. A description that works
 * element by element runs on all parameters of a network at once.
 *
 * @param <O> the options record
 */
public non-sealed interface Optimizer<O extends Record> extends Technique<O> {

  /**
   * Describes the weight after a step.
   *
   * <p>What the optimizer remembers from step to step, such as a momentum, is a buffer or counter
   * of {@code memory}: one for each parameter, read as the last step left it and changed by {@link
   * Scope#update}. It is saved and restored with the training's state.
   *
   * @param weight the parameter as it is, of any shape
   * @param gradient the loss's gradient by the parameter, of the same shape
   * @param rate the learning rate of this step, a tensor without axes
   * @param memory where the optimizer's buffers and counters for this parameter stand
   * @return the new weight, of the same shape
   */
  Tensor next(O options, Tensor weight, Tensor gradient, Tensor rate, Scope memory);

  /**
   * The options for parameters whose weight decay is multiplied by a factor, as for biases that do
   * not decay. An optimizer without weight decay returns the options as they are.
   */
  default O withDecayTimes(O options, double factor) {
    return options;
  }
}
