package dev.inlay.cli.common;

import dev.inlay.InlayException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Says on the error stream what went wrong, in one message, and knows the exit code for it. */
public final class Failures {

  /** The exit code for what the user can mend. */
  public static final int MISTAKE = 2;

  /** The exit code for what the user cannot mend. */
  static final int FAULT = 1;

  private static final String SEE = "see where with --debug or INLAY_DEBUG=1";

  private final PrintWriter err;
  private final BooleanSupplier trace;

  /**
   * Failures of one run.
   *
   * @param trace whether stack traces are wanted
   */
  public Failures(PrintWriter err, BooleanSupplier trace) {
    this.err = err;
    this.trace = trace;
  }

  /** Reports what a command threw and gives the exit code. */
  public int report(Throwable failure) {
    if (failure instanceof InlayException) {
      return mistake(String.valueOf(failure.getMessage()), failure);
    }
    return say(words(failure), failure, FAULT);
  }

  /** Reports a mistake of the user. */
  public int mistake(String message, Throwable cause) {
    return say(message, cause, MISTAKE);
  }

  private int say(String message, Throwable failure, int code) {
    err.println("inlay: " + message);
    if (trace.getAsBoolean()) {
      failure.printStackTrace(err);
    }
    err.flush();
    return code;
  }

  /** What went wrong, in one line. */
  public static String words(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return "Java's memory does not suffice ("
          + failure.getMessage()
          + "). Give it more, as in INLAY_JAVA_OPTS=-Xmx8g, or ask for less at once";
    }
    Optional<Throwable> engine = causes(failure).filter(Failures::isOfEngine).findFirst();
    if (engine.isPresent()) {
      return ofEngine(engine.get());
    }
    return "this is a fault in Inlay, please report it: " + line(failure) + " (" + SEE + ")";
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.<Throwable>iterate(failure, t -> t != null, Throwable::getCause).limit(20);
  }

  /** By its name: asking for the class would load the engine's library. */
  private static boolean isOfEngine(Throwable failure) {
    return failure.getClass().getName().startsWith("ai.djl.")
        || failure instanceof UnsatisfiedLinkError;
  }

  private static String ofEngine(Throwable failure) {
    String all = String.join(" ", causes(failure).map(t -> message(t)).toList());
    String lower = all.toLowerCase(Locale.ROOT);
    String reason = reason(all);
    if (lower.contains("can't allocate memory") || lower.contains("out of memory")) {
      return "the memory does not suffice: "
          + reason
          + ". Take smaller images or fewer at once, or a smaller network";
    }
    if (lower.contains("failed to load pytorch native")
        || failure instanceof UnsatisfiedLinkError) {
      return "the engine does not start: " + reason + " (" + SEE + ")";
    }
    return "the engine failed: " + reason + " (" + SEE + ")";
  }

  /** The one line of a message of the engine that says what is wrong; the others say where. */
  private static String reason(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("RuntimeError:"))
        .map(line -> line.substring("RuntimeError:".length()).strip())
        .findFirst()
        .or(() -> message.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst())
        .map(line -> line.replaceFirst("\\.$", ""))
        .orElse("it does not say why");
  }

  private static String line(Throwable failure) {
    String first = message(failure).lines().findFirst().orElse("");
    String name = failure.getClass().getSimpleName();
    StackTraceElement[] frames = failure.getStackTrace();
    return name
        + (first.isEmpty() ? "" : ": " + first)
        + (frames.length == 0 ? "" : " at " + frames[0]);
  }

  private static String message(Throwable failure) {
    return failure.getMessage() == null ? "" : failure.getMessage();
  }
}
