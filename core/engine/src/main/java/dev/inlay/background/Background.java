package dev.inlay.background;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A piece of work that a thread of its own does while the caller goes on. The thread does not keep
 * the process alive.
 */
public final class Background<T> {

  private final CompletableFuture<T> result;

  private Background(CompletableFuture<T> result) {
    this.result = result;
  }

  /**
   * Begins the work.
   *
   * @param name the thread's name, as stack traces show it
   */
  public static <T> Background<T> begin(String name, Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable run =
        () -> {
          try {
            result.complete(work.get());
          } catch (Throwable e) { // Passed on to the waiting code, errors of linking too.
            result.completeExceptionally(e);
          }
        };
    Thread thread = new Thread(run, name);
    thread.setDaemon(true);
    thread.start();
    return new Background<>(result);
  }

  /** Work that is done already. */
  public static <T> Background<T> done(T result) {
    return new Background<>(CompletableFuture.completedFuture(result));
  }

  /** Waits for the result; an exception of the work is thrown as the work has thrown it. */
  public T get() {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** Waits for the end of the work; empty if it failed. */
  public Optional<T> ended() {
    return result.handle((value, failure) -> Optional.ofNullable(value)).join();
  }
}
