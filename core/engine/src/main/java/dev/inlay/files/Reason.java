package dev.inlay.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Why the system refused, in words for a message that names the file itself. */
public final class Reason {

  private Reason() {}

  /** The reason without the path; an exception that says nothing else tells it by its class. */
  public static String of(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "it does not exist";
    }
    @Nullable String reason =
        failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
    return reason == null || reason.isBlank()
        ? failure.getClass().getSimpleName().replace("Exception", "")
        : reason;
  }
}
