package dev.inlay.guard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions that plugins cause, in words for a message of one line. They are harmless: Java's own,
 * or copies.
 */
public final class Causes {

  private static final int DEEPEST = 5;
  private static final int LONGEST = 300;

  /** What is read of a message at most; a plugin's may have gigabytes. */
  private static final int MOST_READ = 2_000;

  private static final int JAVA_1_CLASS_FILE = 44;
  private static final Pattern CLASS_FILE_VERSION = Pattern.compile("class file version (\\d+)");
  private static final Pattern CLASS_NAME = Pattern.compile("[\\w$./]+");

  /** More causes than any message shows; causes may form a circle. */
  private static final int LONGEST_CHAIN = 20;

  private Causes() {}

  /** The exception and its causes, outermost first. */
  public static Stream<Throwable> chain(Throwable thrown) {
    return Stream.<Throwable>iterate(thrown, t -> t != null, Throwable::getCause)
        .limit(LONGEST_CHAIN);
  }

  /** The error of a plugin's code, as the rest of a sentence that begins with the jar or class. */
  public static String explain(Throwable thrown, BuiltFor jar) {
    if (thrown instanceof UnsupportedClassVersionError) {
      return inWords(thrown);
    }
    if (thrown instanceof ForbiddenCall) {
      return "is refused: " + inWords(thrown);
    }
    Optional<String> mismatch = ApiMismatch.of(thrown, jar);
    if (mismatch.isPresent()) {
      return mismatch.get();
    }
    if (thrown instanceof NoClassDefFoundError && message(thrown).startsWith("kotlin/")) {
      return "cannot be linked: %s; put kotlin-stdlib.jar beside it, or pack it into the jar"
          .formatted(inWords(thrown));
    }
    if (thrown instanceof OutOfMemoryError) {
      return "needs more memory than Java has: %s; if it must have it, give Java more with -Xmx"
          .formatted(inWords(thrown));
    }
    return (Harmless.isLinkage(thrown) ? "cannot be linked: " : "failed with ") + inWords(thrown);
  }

  /** The exception and its causes. */
  public static String inWords(Throwable thrown) {
    List<String> words = new ArrayList<>();
    Throwable before = null;
    for (Throwable t = thrown; t != null && words.size() < DEEPEST; t = t.getCause()) {
      boolean repeats =
          t instanceof ClassNotFoundException && before instanceof NoClassDefFoundError;
      if (!repeats) {
        words.add(one(t));
      }
      before = t;
    }
    return String.join(", caused by ", words);
  }

  /** The line of the plugin's code, as in " at B.build(B.java:12)"; empty if unknown. */
  public static String place(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .filter(frame -> !frame.getClassName().startsWith("java."))
        .findFirst()
        .map(frame -> " at " + frame.getClassName() + "." + frame.getMethodName() + line(frame))
        .orElse("");
  }

  private static String line(StackTraceElement frame) {
    return frame.getLineNumber() < 0
        ? ""
        : "(" + frame.getFileName() + ":" + frame.getLineNumber() + ")";
  }

  private static String one(Throwable thrown) {
    String kind = Harmless.kind(thrown);
    String message = message(thrown);
    if (thrown instanceof ForbiddenCall) {
      return message;
    }
    if (thrown instanceof UnsupportedClassVersionError) {
      Matcher version = CLASS_FILE_VERSION.matcher(message);
      return version.find()
          ? "needs Java "
              + (Integer.parseInt(version.group(1)) - JAVA_1_CLASS_FILE)
              + "; this is Java "
              + Runtime.version().feature()
          : kind + ": " + message;
    }
    if (thrown instanceof NoClassDefFoundError && CLASS_NAME.matcher(message).matches()) {
      return kind + ": there is no class " + message.replace('/', '.');
    }
    return message.isEmpty() ? kind : kind + ": " + message;
  }

  /** The message in one line of limited length. */
  static String message(Throwable thrown) {
    @Nullable String message = thrown.getMessage();
    String some =
        message == null ? "" : message.substring(0, Math.min(message.length(), MOST_READ));
    String line = some.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
