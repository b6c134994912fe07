package dev.inlay.contract;

import dev.inlay.InlayException;
import java.util.Collection;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An exception of a technique or the engine as what was found, with the author's line. */
final class FailureWords {

  /** A program's lines end with the stage and the author's line; the engine shows the line. */
  private static final Pattern PLACE = Pattern.compile("# ([^\\n]+)\\n[ \\t]*~+ <--- HERE");

  private static final Pattern LINE = Pattern.compile("[\\w$]+\\.(?:java|kt):\\d+");
  private static final int LONGEST = 1_000;

  private FailureWords() {}

  static String found(Throwable failure) {
    if (failure instanceof InlayException) {
      return shortened(String.valueOf(failure.getMessage()));
    }
    if (failure instanceof OutOfMemoryError || failure instanceof StackOverflowError) {
      return failure.getClass().getSimpleName() + ": " + failure.getMessage() + ".";
    }
    String all = all(failure);
    String reason =
        all.lines()
            .map(String::strip)
            .filter(line -> line.startsWith("RuntimeError:"))
            .map(line -> line.substring("RuntimeError:".length()).strip())
            .findFirst()
            .or(() -> all.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst())
            .orElse(failure.getClass().getSimpleName());
    return shortened("The engine fails%s: %s".formatted(place(all), reason));
  }

  static String line(Throwable failure) {
    String all = failure instanceof InlayException ? failure.getMessage() : place(all(failure));
    Matcher line = LINE.matcher(String.valueOf(all));
    return line.find() ? line.group() : "";
  }

  static String advice(Throwable failure) {
    if (failure instanceof InlayException) {
      return "Change what the message names.";
    }
    if (failure instanceof OutOfMemoryError) {
      return "Describe smaller values, or give Java more memory.";
    }
    if (failure instanceof StackOverflowError) {
      return "End the recursion.";
    }
    return "See which operation the place names; an expression of raw is not checked before it runs.";
  }

  /** Some names in words: three of them, or one and the number of the others. */
  static String some(Collection<String> names) {
    return names.size() <= 3
        ? String.join(", ", names)
        : "%s and %d others".formatted(names.iterator().next(), names.size() - 1);
  }

  private static String place(String message) {
    Matcher place = PLACE.matcher(message);
    String last = "";
    while (place.find()) {
      last = " in " + place.group(1).strip();
    }
    return last;
  }

  private static String all(Throwable failure) {
    return String.join(
        "\n",
        Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
            .limit(20)
            .map(each -> each.getMessage() == null ? each.toString() : each.getMessage())
            .toList());
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
