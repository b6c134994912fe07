package dev.inlay;

/**
 * The update rule that a training step applies to every trained parameter.
 *
 * <p>An optimizer describes the rule for one parameter of any shape. An elementwise rule runs on
 * all parameters of a network at once.
 *
 * @param <O> the options record
 */
public non-sealed interface Optimizer<O extends Record> extends Technique<O> {

  /**
   * Describes the weight after a step.
   *
   * <p>A value that is kept from step to step, such as a momentum, is a buffer or counter of {@code
   * memory}, one for each parameter. {@link Scope#update} changes it. The training state saves and
   * restores it.
   *
   * @param weight the parameter before the step, of any shape
   * @param gradient the gradient of the loss with respect to the parameter, of the same shape
   * @param rate the learning rate of this step, a scalar
   * @param memory the scope of the optimizer's buffers and counters for this parameter
   * @return the new weight, of the same shape
   */
  Tensor next(O options, Tensor weight, Tensor gradient, Tensor rate, Scope memory);

  /**
   * The options with the weight decay multiplied by a factor, such as 0 for biases. An optimizer
   * without weight decay returns the same options.
   */
  default O withDecayTimes(O options, double factor) {
    return options;
  }
}
