package dev.inlay.trace;

import dev.inlay.graph.Operator;
import dev.inlay.torch.ValueStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation that has run.
 *
 * @param stage the name of its stage, {@link Trace#IMAGE} or {@link Trace#LOSS}
 * @param scope the scope of its parameters, or of those nearest before it in the stage; may be
 *     empty
 * @param line the author's line; may be empty
 * @param shape the sizes of the result
 * @param values the result
 * @param milliseconds its time, forward
 * @param bytes the memory of the result
 * @param gradient the gradient of the loss with respect to the result; null without gradients, and
 *     if none has reached it
 * @param backwardMilliseconds its time, backward, the forward computation included
 */
public record TracedOperation(
    String stage,
    String scope,
    String line,
    Operator operator,
    List<Long> shape,
    ValueStatistics values,
    double milliseconds,
    long bytes,
    @Nullable ValueStatistics gradient,
    double backwardMilliseconds) {

  TracedOperation with(ValueStatistics reached, double backward) {
    return new TracedOperation(
        stage, scope, line, operator, shape, values, milliseconds, bytes, reached, backward);
  }
}
