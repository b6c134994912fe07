package dev.inlay.files;

/** Completes messages whose parts come from several places. */
public final class Sentence {

  private Sentence() {}

  /** The message with a full stop at its end, unless it ends with a stop or a question mark. */
  public static String ended(String message) {
    return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
  }
}
