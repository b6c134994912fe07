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
   * Runs foreign code.
   *
   * @param origin where the code comes from, such as "plugin jar x.jar"
   * @throws InlayException if the code threw one, which is about what the user wrote
   * @throws ForeignException for whatever else the code threw, errors of the virtual machine too
   */
  public static <T extends @Nullable Object> T run(String origin, Callable<T> body)
      throws ForeignException {
    Surroundings before = Surroundings.now();
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
      throw new ForeignException(Harmless.copy(thrown));
    } finally {
      Watch.leave(call);
      before.restore();
    }
  }
}
