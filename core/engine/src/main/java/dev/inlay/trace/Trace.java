package dev.inlay.trace;

import java.util.List;
import java.util.Optional;

/**
 * A traced run of a network.
 *
 * @param stages what came before the first stage, the stages in order, and the loss if there is one
 * @param forward the first operation whose result has a NaN although no value that it reads has
 *     one, or infinities although all are finite; numbers that an author states as infinite do not
 *     count
 * @param backward the first operation, from the loss backwards, that passes on a gradient that is
 *     not finite
 */
public record Trace(
    List<TracedStage> stages, Optional<Finding> forward, Optional<Finding> backward) {

  /** In place of a stage: the normalisation of the image. */
  public static final String IMAGE = "image";

  /** In place of a stage: the losses. */
  public static final String LOSS = "loss";
}
