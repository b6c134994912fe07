package dev.inlay.data;

import dev.inlay.InlayException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * An endless stream of augmented batches that background threads make in advance.
 *
 * <p>The batches depend on the samples, the augmentation and the seed alone, not on the number of
 * threads. {@link #close} ends the threads.
 */
public final class BatchSource implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 2000;

  private final SampleSource samples;
  private final Augmentation augmentation;
  private final int ignore;
  private final BatchPlan plan;
  private final SampleOrder order;
  private final List<Thread> workers = new ArrayList<>();

  // The fields below are guarded by this object's monitor.
  private final Map<Long, Outcome> ready = new HashMap<>();
  private final Deque<Batch> unused = new ArrayDeque<>();
  private @Nullable Batch lent;
  private long claimed;
  private long wanted;
  private boolean closed;

  /** A finished batch, or the failure that prevented it. */
  private record Outcome(@Nullable Batch batch, @Nullable Throwable failure) {}

  /**
   * Starts making batches.
   *
   * @param samples read by the background threads; see {@link CachedSamples}
   * @param ignore the ignore index, which labels padding
   * @throws InlayException if there are no samples
   */
  public BatchSource(SampleSource samples, Augmentation augmentation, int ignore, BatchPlan plan) {
    if (samples.size() == 0) {
      throw new InlayException("There are no samples to train on. Name a split that has some.");
    }
    this.samples = samples;
    this.augmentation = augmentation;
    this.ignore = ignore;
    this.plan = plan;
    this.order = new SampleOrder(samples.size(), plan.seed());
    this.claimed = plan.first();
    this.wanted = plan.first();
    for (int i = 0; i < plan.threads(); i++) {
      Thread worker = new Thread(this::work, "inlay-data-" + i);
      worker.setDaemon(true);
      workers.add(worker);
      worker.start();
    }
  }

  /**
   * Waits for the next batch. The batch returned before becomes invalid: its memory is used again.
   *
   * @throws InlayException the error of reading a sample of this batch
   * @throws CancellationException if the thread is interrupted while it waits
   */
  public synchronized Batch next() {
    while (!closed && !ready.containsKey(wanted)) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("The wait for a batch was interrupted.");
      }
    }
    if (closed) {
      throw new IllegalStateException("This batch source is closed.");
    }
    Outcome outcome = Objects.requireNonNull(ready.get(wanted));
    if (outcome.failure() instanceof Error error) {
      throw error;
    }
    if (outcome.failure() instanceof RuntimeException failure) {
      throw failure;
    }
    if (lent != null) {
      unused.add(lent);
    }
    lent = Objects.requireNonNull(outcome.batch());
    ready.remove(wanted++);
    notifyAll();
    return lent;
  }

  /** The names of the images of the batch that {@link #next} returned last. */
  public synchronized List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; lent != null && i < lent.size(); i++) {
      names.add(samples.name(order.at((wanted - 1) * lent.size() + i)));
    }
    return names;
  }

  /** Ends the threads; reading a sample that has begun is finished first. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    workers.forEach(Thread::interrupt);
    try {
      for (Thread worker : workers) {
        worker.join(PATIENCE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      for (long number = claim(); number >= 0; number = claim()) {
        try {
          deliver(number, new Outcome(filled(number), null));
        } catch (RuntimeException | Error e) {
          deliver(number, new Outcome(null, e));
        }
      }
    } catch (InterruptedException e) {
      // close() asks the thread to end, and it ends.
    }
  }

  /** Waits for room and returns the index of the next batch to make; -1 once closed. */
  private synchronized long claim() throws InterruptedException {
    while (!closed && claimed - wanted >= plan.ahead()) {
      wait();
    }
    return closed ? -1 : claimed++;
  }

  private synchronized Batch empty() {
    Batch batch = unused.poll();
    return batch != null
        ? batch
        : new Batch(plan.batchSize(), augmentation.height(), augmentation.width());
  }

  private Batch filled(long number) {
    Batch batch = empty();
    for (int i = 0; i < batch.size() && !isClosed(); i++) {
      long place = number * batch.size() + i;
      LabelledImage sample = samples.read(order.at(place));
      long seed = Seeds.mix(~plan.seed(), place);
      augmentation.apply(sample, other -> other(seed, other), ignore, seed, batch, i);
    }
    return batch;
  }

  /** One of the other images of a mosaic. */
  private LabelledImage other(long seed, int number) {
    long any = Seeds.mix(seed ^ plan.seed(), number);
    return samples.read((int) Long.remainderUnsigned(any, samples.size()));
  }

  private synchronized void deliver(long number, Outcome outcome) {
    ready.put(number, outcome);
    notifyAll();
  }

  private synchronized boolean isClosed() {
    return closed;
  }
}
