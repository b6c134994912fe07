package dev.inlay.torch;

import ai.djl.Device;
import dev.inlay.InlayException;
import dev.inlay.compile.Program;
import dev.inlay.compile.WorkingMemory;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an image for which the memory does not suffice, before the engine computes: Linux would
 * end the whole process without a message. The estimate is less than what a run takes, so what is
 * refused could not have been computed. On a GPU the engine says itself that its memory is full.
 */
final class MemoryCheck {

  /** Less than this is never refused, and free memory is not asked for, in bytes. */
  private static final long SMALL = 256L << 20;

  private static final double GIGA = 1e9;

  /** Images of fewer pixels are never refused; the time for an estimate would count for them. */
  private static final long FEW_PIXELS = 1L << 19;

  private final Program program;
  private final Supplier<OptionalLong> free;
  private @Nullable WorkingMemory memory;

  /** The size that was asked for last, with its estimate: images often have the same. */
  private record Estimate(int height, int width, long bytes) {}

  private volatile Estimate last = new Estimate(0, 0, 0);

  /**
   * A check for one program.
   *
   * @param free gives the free memory in bytes; empty if it is not known
   */
  MemoryCheck(Program program, Supplier<OptionalLong> free) {
    this.program = program;
    this.free = free;
  }

  /** A check of this machine's memory; none for a device that has memory of its own. */
  static MemoryCheck of(Device device, Program program) {
    return new MemoryCheck(
        program, device.isGpu() ? OptionalLong::empty : FreeMemory.ofThisMachine()::bytes);
  }

  /** Made for the first large image. */
  private synchronized WorkingMemory memory() {
    WorkingMemory known = memory;
    if (known == null) {
      known = new WorkingMemory(program);
      memory = known;
    }
    return known;
  }

  /**
   * Checks one image.
   *
   * @throws InlayException that says how much memory is needed and free
   */
  void require(int height, int width) {
    if ((long) height * width < FEW_PIXELS) {
      return;
    }
    Estimate estimate = last;
    if (estimate.height != height || estimate.width != width) {
      estimate = new Estimate(height, width, memory().bytes(1, height, width));
      last = estimate;
    }
    if (estimate.bytes < SMALL) {
      return;
    }
    OptionalLong left = free.get();
    if (left.isPresent() && estimate.bytes > left.getAsLong()) {
      throw new InlayException(
          "An image of %dx%d pixels needs at least %s GB of memory in this network, but %s GB are free. Cut it into smaller ones, scale it down, or use a machine with more memory."
              .formatted(width, height, giga(estimate.bytes), giga(Math.max(0, left.getAsLong()))));
    }
  }

  private static String giga(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / GIGA);
  }
}
