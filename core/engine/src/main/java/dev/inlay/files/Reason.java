package dev.inlay.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** The reason of an I/O error in plain words, for a message that already names the file. */
public final class Reason {

  private Reason() {}

  /** The reason without the path, or the exception's class if it gives no other reason. */
  public static String of(IOException failure) {
    // Writers of images wrap the system's reason in one that says less.
    if (failure.getCause() instanceof IOException cause) {
      return of(cause);
    }
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
