package dev.inlay.data;

import dev.inlay.InlayException;

/**
 * How batches are made.
 *
 * @param batchSize images in a batch
 * @param seed decides the order of the samples and every crop
 * @param threads how many batches are made at once
 * @param ahead how many batches may wait ready-made
 * @param first the number of the first batch, to go on where a training stopped
 */
public record BatchPlan(int batchSize, long seed, int threads, int ahead, long first) {
  /** Refuses what is not at least 1, and a first batch before the first. */
  public BatchPlan {
    atLeast("batch size", batchSize, 1);
    atLeast("number of data threads", threads, 1);
    atLeast("number of batches made ahead", ahead, 1);
    atLeast("number of the first batch", first, 0);
  }

  /** One thread that keeps two batches ready, from the beginning. */
  public static BatchPlan of(int batchSize, long seed) {
    return new BatchPlan(batchSize, seed, 1, 2, 0);
  }

  public BatchPlan withThreads(int count) {
    return new BatchPlan(batchSize, seed, count, Math.max(ahead, count), first);
  }

  /** Goes on with a batch as if those before it had been taken. */
  public BatchPlan from(long batch) {
    return new BatchPlan(batchSize, seed, threads, ahead, batch);
  }

  private static void atLeast(String what, long number, long least) {
    if (number < least) {
      throw new InlayException(
          "The %s is %d, but must be at least %d.".formatted(what, number, least));
    }
  }
}
