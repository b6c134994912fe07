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
    Class<?> type = technique.getClass();
    return call(technique.name(), type, Core.origin(type), Core.VERSION, body);
  }

  /**
   * Calls a method of a technique that this core has loaded, and refuses null as its result.
   *
   * @param method the method's name, for the message
   */
  public static <T> T answer(
      Technique<?> technique, String method, Supplier<? extends @Nullable T> body) {
    return given(technique, method, call(technique, () -> body.get()));
  }

  /**
   * The result of a technique's method, which may not be null.
   *
   * @param method the method's name, for the message
   */
  public static <T> T given(Technique<?> technique, String method, @Nullable T result) {
    if (result == null) {
      throw new InlayException(
          "The technique '%s' of %s returned null from %s; this is a fault of the technique, not of the network."
              .formatted(technique.name(), Core.origin(technique.getClass()), method));
    }
    return result;
  }

  /**
   * Calls a method of a technique.
   *
   * @param technique the technique's name
   * @param type its class
   * @param origin where it came from, such as "plugin jar x.jar"
   * @param coreVersion the version of the core that runs
   * @param body the call
   * @return what the call returned
   * @throws InlayException if the technique threw anything; an InlayException passes unchanged
   */
  public static <T extends @Nullable Object> T call(
      String technique, Class<?> type, String origin, String coreVersion, Supplier<T> body) {
    try {
      return ForeignCall.run(origin, body::get);
    } catch (ForeignException e) {
      Throwable thrown = e.thrown();
      String what = e.explain(BuiltFor.of(type, coreVersion));
      String message =
          e.isOfLinking()
              ? "The technique '%s' of %s %s.".formatted(technique, origin, what)
              : "The technique '%s' of %s %s%s; this is a fault of the technique, not of the network."
                  .formatted(technique, origin, what, Causes.place(thrown));
      throw new InlayException(message, thrown);
    }
  }
}
