package dev.inlay.weights;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How messages show what a file holds, which may be long or unprintable. */
final class Text {
  private static final int LONGEST = 80;

  private Text() {}

  /** The text in single quotes, shortened, its control characters replaced. */
  static String quoted(String text) {
    return "'" + shortened(text, LONGEST) + "'";
  }

  static String shortened(String text, int longest) {
    String head = text.length() > longest ? text.substring(0, longest) + "…" : text;
    return head.replaceAll("\\p{Cntrl}", "?");
  }

  /** A shape as (64, 3, 7, 7). */
  static String shape(List<Long> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }

  /** Why the system refused, without the path, which the message names already. */
  static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "it does not exist";
    }
    @Nullable String reason =
        failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
    return reason == null || reason.isBlank() ? failure.getClass().getSimpleName() : reason;
  }
}
