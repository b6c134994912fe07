package dev.inlay.cli.common;

import dev.inlay.InlayException;
import dev.inlay.guard.Causes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints an error as one message on the error stream and chooses the exit code. */
public final class Failures {

  /** The exit code of a mistake that the user can mend. */
  public static final int MISTAKE = 2;

  /** The exit code of a fault in Inlay or its engine. */
  public static final int FAULT = 1;

  private static final int LONGEST = 10_000;

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
    if (failure instanceof InvalidPathException name) {
      return mistake(fileName(name), failure);
    }
    return say(words(failure), failure, FAULT);
  }

  /** Reports a mistake of the user. */
  public int mistake(String message, Throwable cause) {
    return say(message, cause, MISTAKE);
  }

  /** A file name that the locale's encoding lacks letters for, or that no system could have. */
  public static String fileName(InvalidPathException name) {
    String encoding = System.getProperty("sun.jnu.encoding", "");
    return Charset.isSupported(encoding)
            && !Charset.forName(encoding).newEncoder().canEncode(name.getInput())
        ? ("The file name '%s' has letters that the locale's encoding %s lacks. Set the variable"
                + " LC_ALL=C.UTF-8.")
            .formatted(name.getInput(), encoding)
        : "The file name '%s' is impossible: %s.".formatted(name.getInput(), name.getReason());
  }

  private int say(String message, Throwable failure, int code) {
    err.println("inlay: " + Shown.shortened(message, LONGEST));
    if (trace.getAsBoolean()) {
      printTrace(failure);
    }
    err.flush();
    return code;
  }

  private void printTrace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    trace.toString().lines().forEach(line -> err.println(Shown.shortened(line, LONGEST)));
  }

  /** The message for an exception, in one line. */
  public static String words(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return "Java's memory does not suffice (%s). Give it more, as in INLAY_JAVA_OPTS=-Xmx8g, or use smaller or fewer images."
          .formatted(failure.getMessage());
    }
    Optional<Throwable> engine = Causes.chain(failure).filter(Failures::isOfEngine).findFirst();
    if (engine.isPresent()) {
      return ofEngine(engine.get());
    }
    return "This is a fault in Inlay: %s (%s). Please report it with what 'inlay doctor --json' prints."
        .formatted(line(failure), SEE);
  }

  /** Whether memory ran out, Java's or the engine's: with less to hold, work can go on. */
  public static boolean isOutOfMemory(Throwable failure) {
    return failure instanceof OutOfMemoryError
        || (Causes.chain(failure).anyMatch(Failures::isOfEngine)
            && Causes.chain(failure).anyMatch(cause -> saysOutOfMemory(message(cause))));
  }

  private static boolean saysOutOfMemory(String message) {
    String lower = message.toLowerCase(Locale.ROOT);
    return lower.contains("can't allocate memory") || lower.contains("out of memory");
  }

  /** By its name: asking for the class would load the engine's library. */
  private static boolean isOfEngine(Throwable failure) {
    return failure.getClass().getName().startsWith("ai.djl.")
        || failure instanceof UnsatisfiedLinkError;
  }

  private static String ofEngine(Throwable failure) {
    String all = String.join(" ", Causes.chain(failure).map(t -> message(t)).toList());
    String lower = all.toLowerCase(Locale.ROOT);
    String reason = reason(all) + place(all);
    if (saysOutOfMemory(all)) {
      return "The memory does not suffice: %s. Take smaller or fewer images, or a smaller network."
          .formatted(reason);
    }
    if (lower.contains("failed to load pytorch native")
        || failure instanceof UnsatisfiedLinkError) {
      return "The engine does not start: %s (%s).".formatted(reason, SEE);
    }
    return "The engine failed: %s (%s).".formatted(reason, SEE);
  }

  /** A program's lines end with the stage and the author's line; the engine shows the line. */
  private static final Pattern PLACE = Pattern.compile("# ([^\\n]+)\\n[ \\t]*~+ <--- HERE");

  private static String place(String message) {
    Matcher place = PLACE.matcher(message);
    String last = "";
    while (place.find()) {
      last = ", in " + place.group(1).strip();
    }
    return last;
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
