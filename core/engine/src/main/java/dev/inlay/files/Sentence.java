package dev.inlay.files;

/** Completes messages that are put together from parts. */
public final class Sentence {

  private Sentence() {}

  /** The message with a final full stop, unless it ends with a full stop or a question mark. */
  public static String ended(String message) {
    return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
  }
}
