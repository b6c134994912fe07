package dev.inlay.guard;

import dev.inlay.InlayException;
import dev.inlay.Technique;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls techniques and turns their exceptions into one message that names the technique and the
 * jar. Some faults show only in use: a class that was built against another core loads well and
 * fails at the first call of a missing method.
 */
public final class Guard {

  private Guard() {}

  /** Calls a method of a technique that this core has loaded. */
  public static <T extends @Nullable Object> T call(Technique<?> technique, Supplier<T> body) {
    return call(technique.name(), Core.origin(technique.getClass()), Core.VERSION, body);
  }

  /**
   * Calls a method of a technique.
   *
   * @param technique the technique's name
   * @param origin where it came from, such as "plugin jar x.jar"
   * @param coreVersion the version of the core that runs
   * @param body the call
   * @return what the call returned
   * @throws InlayException if the technique threw an InlayException, which passes unchanged, or
   *     anything else except an OutOfMemoryError, which also passes unchanged
   */
  public static <T extends @Nullable Object> T call(
      String technique, String origin, String coreVersion, Supplier<T> body) {
    try {
      return body.get();
    } catch (InlayException | OutOfMemoryError e) {
      throw e;
    } catch (LinkageError e) {
      throw new InlayException(
          "%s %s (in technique '%s').".formatted(origin, Causes.explain(e, coreVersion), technique),
          e);
    } catch (Throwable e) { // Kotlin and generics let checked exceptions through, too.
      throw new InlayException(
          "The technique '%s' of %s %s%s; this is a fault of the technique, not of the network."
              .formatted(technique, origin, Causes.explain(e, coreVersion), Causes.place(e)),
          e);
    }
  }
}
