package dev.inlay.guard;

/**
 * A class of a plugin is not loaded, because its code calls what no plugin may call. The message
 * names the class, the jar, the rule and the way out; it follows the words "is refused".
 */
public final class ForbiddenCall extends LinkageError {
  private static final long serialVersionUID = 1L;

  public ForbiddenCall(String message) {
    super(message);
  }
}
