package dev.inlay.train;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A piece of work that another thread does meanwhile. */
final class Aside<T> {

  private final CompletableFuture<T> result;

  private Aside(CompletableFuture<T> result) {
    this.result = result;
  }

  static <T> Aside<T> begin(Supplier<T> work) {
    return new Aside<>(CompletableFuture.supplyAsync(work));
  }

  /** Waits for the result; an exception of the work is thrown here as it was there. */
  T get() {
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
}
