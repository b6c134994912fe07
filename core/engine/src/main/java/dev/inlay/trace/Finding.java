package dev.inlay.trace;

import dev.inlay.torch.ValueStatistics;
import java.util.List;

/**
 * The first operation that makes a number that is not finite.
 *
 * @param operation the operation
 * @param parts forward: what it reads; backward: the gradients that it passes on
 */
public record Finding(TracedOperation operation, List<Part> parts) {

  /**
   * An operand of the operation, or its gradient.
   *
   * @param name what it is: the operator and line that computed it, or the parameter's name
   */
  public record Part(String name, ValueStatistics values) {}
}
