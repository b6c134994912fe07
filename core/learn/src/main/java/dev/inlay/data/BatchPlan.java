package dev.inlay.data;

import dev.inlay.InlayException;

/**
 * How a {@link BatchSource} makes batches.
 *
 * @param batchSize the number of images in a batch
 * @param seed determines the order of the samples and every crop
 * @param threads the number of threads, each of which makes one batch at a time
 * @param ahead the greatest number of finished batches that wait
 * @param first the index of the first batch; more than 0 resumes a training
 */
public record BatchPlan(int batchSize, long seed, int threads, int ahead, long first) {
  /** Checks that every number is 1 or more, and the first index 0 or more. */
  public BatchPlan {
    atLeast("batch size", batchSize, 1);
    atLeast("number of data threads", threads, 1);
    atLeast("number of batches made ahead", ahead, 1);
    atLeast("index of the first batch", first, 0);
  }

  /** One thread, two batches ahead, from batch 0. */
  public static BatchPlan of(int batchSize, long seed) {
    return new BatchPlan(batchSize, seed, 1, 2, 0);
  }

  public BatchPlan withThreads(int count) {
    return new BatchPlan(batchSize, seed, count, Math.max(ahead, count), first);
  }

  /** The same plan from a later batch on, as if the batches before it had been taken. */
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
