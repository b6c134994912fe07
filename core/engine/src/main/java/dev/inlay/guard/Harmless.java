package dev.inlay.guard;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The copy of a foreign exception. The methods of the original are foreign code, too: they may
 * throw, never end, return null or megabytes, and its causes may form a circle.
 */
final class Harmless extends Exception {
  private static final long serialVersionUID = 1L;

  private static final int DEEPEST = 20;
  private static final int LONGEST = 2_000;
  private static final String UNREADABLE = "(its message cannot be read)";

  private final String kind;
  private final boolean linkage;

  private Harmless(Throwable original, String message, @Nullable Throwable cause) {
    super(message, cause, false, true);
    this.kind = read(() -> original.getClass().getSimpleName(), "Throwable");
    this.linkage = original instanceof LinkageError;
    StackTraceElement[] frames = read(original::getStackTrace, new StackTraceElement[0]);
    setStackTrace(read(() -> withoutGaps(frames), new StackTraceElement[0]));
  }

  private static StackTraceElement[] withoutGaps(StackTraceElement[] frames) {
    for (StackTraceElement frame : frames) {
      if (frame == null) {
        return new StackTraceElement[0];
      }
    }
    return frames.clone();
  }

  /** The exception itself if nothing in it is foreign, else its copy. */
  static Throwable copy(Throwable thrown) {
    return isOfJava(thrown, 0) ? thrown : copy(thrown, 0);
  }

  /** The class's name, as messages show it; that of the original for a copy. */
  static String kind(Throwable thrown) {
    return thrown instanceof Harmless copy ? copy.kind : thrown.getClass().getSimpleName();
  }

  /** Whether it is, or copies, an error of linking. */
  static boolean isLinkage(Throwable thrown) {
    return thrown instanceof LinkageError || (thrown instanceof Harmless copy && copy.linkage);
  }

  private static boolean isOfJava(Throwable thrown, int depth) {
    Class<?> type = thrown.getClass();
    if (depth == DEEPEST || (type.getClassLoader() != null && type != ForbiddenCall.class)) {
      return false;
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      if (!isOfJava(suppressed, depth + 1)) {
        return false;
      }
    }
    Throwable cause = thrown.getCause();
    return cause == null || isOfJava(cause, depth + 1);
  }

  private static Throwable copy(Throwable thrown, int depth) {
    String message = read(() -> shortened(thrown.getMessage()), UNREADABLE);
    Throwable none = new IllegalStateException();
    Throwable cause = read(() -> thrown.getCause() == null ? none : thrown.getCause(), none);
    boolean last = cause == none || depth + 1 == DEEPEST;
    return new Harmless(thrown, message, last ? null : copy(cause, depth + 1));
  }

  private static String shortened(@Nullable String message) {
    if (message == null) {
      return "";
    }
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
  }

  private static <T> T read(Supplier<T> method, T fallback) {
    try {
      T read = method.get();
      return read == null ? fallback : read;
    } catch (Throwable e) { // Nothing that foreign code throws here is of use.
      return fallback;
    }
  }

  @Override
  public String toString() {
    String message = getMessage();
    return message == null || message.isEmpty() ? kind : kind + ": " + message;
  }
}
