package dev.inlay.data.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

/** Does independent work on several threads and hands the results over in their order. */
final class InParallel {
  private InParallel() {}

  /**
   * Works on 0 to {@code count - 1}.
   *
   * @param done is told of every result in turn, on the calling thread
   */
  static <T> void each(int count, IntFunction<T> work, ObjIntConsumer<T> done) {
    int threads = Math.max(1, Math.min(count, Runtime.getRuntime().availableProcessors()));
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "inlay-check");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<T>> results = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        int index = i;
        results.add(pool.submit(() -> work.apply(index)));
      }
      for (int i = 0; i < count; i++) {
        done.accept(results.get(i).get(), i);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("The check of the data was interrupted.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
  }
}
