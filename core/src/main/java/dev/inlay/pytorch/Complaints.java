package dev.inlay.pytorch;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is said of a checkpoint that can't be read, each time with the file's name. */
record Complaints(Path path) {
  private static final int LONGEST = 80;

  /** The file breaks a rule of its format. */
  InlayException damaged(String what) {
    return says(what + " The file is damaged or was written wrongly: fetch or save it again.");
  }

  /** The file asks for something that no checkpoint needs. */
  InlayException hostile(String callable) {
    return says(
        "it asks for %s to be called when it is loaded, which no checkpoint needs. "
                .formatted(quoted(callable))
            + "Nothing of it was run. Do not load it with anything else; get the weights from a "
            + "source that you trust.");
  }

  /** Something else, in full sentences. */
  InlayException says(String what) {
    return new InlayException(path + ": " + what);
  }

  InlayException unreadable(IOException cause) {
    return new InlayException(
        "%s cannot be read: %s. Check the file and its permissions.".formatted(path, reason(cause)),
        cause);
  }

  /** The text in single quotes, shortened, its control characters replaced. */
  static String quoted(String text) {
    return "'" + shortened(text) + "'";
  }

  static String shortened(String text) {
    String head = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    return head.replaceAll("\\p{Cntrl}", "?");
  }

  private static String reason(IOException failure) {
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
