package dev.inlay.contract;

import dev.inlay.InlayException;

/** Tells an author's refusal of what does not fit from a fault. */
final class Refusals {

  private Refusals() {}

  /**
   * Whether it is no refusal of the author's: something else was thrown, or shapes do not fit that
   * the author should have looked at.
   */
  static boolean isFault(InlayException refusal) {
    Throwable first = refusal;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return !(first instanceof InlayException) || isOfShapes(first);
  }

  private static boolean isOfShapes(Throwable refusal) {
    for (StackTraceElement frame : refusal.getStackTrace()) {
      if (!frame.getClassName().equals("dev.inlay.Check")) {
        return frame.getClassName().startsWith("dev.inlay.graph.")
            || frame.getClassName().equals("dev.inlay.assemble.HandedOn");
      }
    }
    return false;
  }
}
