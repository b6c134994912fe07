package dev.inlay.guard;

import dev.inlay.InlayException;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One call into the code of a plugin: watched while it runs, its traces removed afterwards, and
 * whatever it throws made harmless.
 */
public final class ForeignCall {

  private ForeignCall() {}

  /**
   * Runs foreign code. An interrupt that arrives meanwhile is kept, so that a host can cancel.
   *
   * @param origin where the code comes from, such as "plugin jar x.jar"
   * @throws InlayException if the code threw one, which is about what the user wrote
   * @throws ForeignException for whatever else the code threw, errors of the virtual machine too
   */
  public static <T extends @Nullable Object> T run(String origin, Callable<T> body)
      throws ForeignException {
    return run(origin, Surroundings.now(), body);
  }

  /**
   * Runs foreign code that loads a class or creates an object. It takes no time and has no reason
   * to interrupt its thread, so an interrupt flag that it leaves is cleared, as it would make the
   * host's next reading of a file fail.
   *
   * @param origin where the code comes from, such as "plugin jar x.jar"
   * @throws InlayException if the code threw one, which is about what the user wrote
   * @throws ForeignException for whatever else the code threw, errors of the virtual machine too
   */
  public static <T extends @Nullable Object> T load(String origin, Callable<T> body)
      throws ForeignException {
    Surroundings before = Surroundings.now();
    try {
      return run(origin, before, body);
    } finally {
      before.clearInterrupt();
    }
  }

  private static <T extends @Nullable Object> T run(
      String origin, Surroundings before, Callable<T> body) throws ForeignException {
    Watch.Call call = Watch.enter(origin);
    try {
      return body.call();
    } catch (InlayException e) {
      throw e;
    } catch (Throwable e) { // Kotlin and generics let checked exceptions through, too.
      Throwable thrown =
          e.getClass() == InvocationTargetException.class && e.getCause() != null
              ? e.getCause()
              : e;
      if (thrown instanceof InlayException refusal) {
        throw refusal;
      }
      if (thrown instanceof InterruptedException) {
        Thread.currentThread().interrupt(); // Throwing has cleared the flag; the host sent it.
      }
      throw new ForeignException(Harmless.copy(thrown));
    } finally {
      Watch.leave(call);
      before.restore();
    }
  }
}
