package dev.inlay;

import org.jspecify.annotations.Nullable;

/**
 * An error that the user can correct: in a spec, an option, an image, a file or a jar.
 *
 * <p>The message names the thing, the value seen, the rule and the way out; a program shows it
 * alone, without a stack trace.
 */
public final class InlayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InlayException(String message) {
    super(message);
  }

  public InlayException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
