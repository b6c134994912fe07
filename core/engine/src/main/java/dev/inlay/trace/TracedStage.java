package dev.inlay.trace;

import dev.inlay.torch.HostArray;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage that has run.
 *
 * @param name the stage's name, {@link Trace#IMAGE} or {@link Trace#LOSS}
 * @param spec how it is written
 * @param output the operation that computed its last map that is read; null if none is
 * @param operations those that are its own, in the order of the run
 * @param maps the output's feature maps; null unless they were wanted and are maps (B,C,H,W)
 */
public record TracedStage(
    String name,
    String spec,
    @Nullable TracedOperation output,
    List<TracedOperation> operations,
    @Nullable Maps maps) {

  /**
   * Feature maps of one image.
   *
   * @param channels how many channels the output has
   * @param step every which channel is here, from channel 0 on
   * @param values (1,c,h,w), averaged to a small size
   */
  public record Maps(int channels, int step, HostArray values) {}

  /** The time of its operations, forward. */
  public double milliseconds() {
    return operations.stream().mapToDouble(TracedOperation::milliseconds).sum();
  }

  /** The time of its operations, backward. */
  public double backwardMilliseconds() {
    return operations.stream().mapToDouble(TracedOperation::backwardMilliseconds).sum();
  }
}
