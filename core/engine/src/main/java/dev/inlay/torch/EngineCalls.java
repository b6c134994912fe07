package dev.inlay.torch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Calls of the engine that are under way. When the process is told to end, it waits for them: the
 * system takes the library away while it ends, and a thread that still computes would crash.
 */
final class EngineCalls {

  private static final ReentrantReadWriteLock RUNNING = new ReentrantReadWriteLock(true);
  private static final long PATIENCE_SECONDS = 60;

  /** Longer than the engine's own threads spin for new work before they sleep. */
  private static final long SPIN_MILLIS = 50;

  private static volatile long lastEnd = System.nanoTime();

  private EngineCalls() {}

  /** Computes in the engine. Once the process is ending, a call waits and never begins. */
  static <T> T during(Supplier<T> call) {
    RUNNING.readLock().lock();
    try {
      return call.get();
    } finally {
      lastEnd = System.nanoTime();
      RUNNING.readLock().unlock();
    }
  }

  /** Computes in the engine, without a result. */
  static void during(Runnable call) {
    during(
        () -> {
          call.run();
          return true;
        });
  }

  /** Lets the end of the process wait for calls under way. */
  static void awaitAtShutdown() {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(EngineCalls::await, "inlay-engine-end"));
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }

  private static void await() {
    try {
      // Never given back: no call begins any more.
      if (RUNNING.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastEnd);
        Thread.sleep(Math.max(0, SPIN_MILLIS - since));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
