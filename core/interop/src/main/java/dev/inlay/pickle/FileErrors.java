package dev.inlay.pickle;

import dev.inlay.InlayException;
import dev.inlay.files.Reason;
import dev.inlay.weights.Text;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the errors of a checkpoint; each message begins with the file's path. */
public record FileErrors(Path path) {
  /** The file breaks a rule of its format. */
  public InlayException damaged(String what) {
    return of(what + " The file is damaged or was written wrongly: fetch or save it again.");
  }

  /** The file calls a forbidden function. */
  InlayException hostile(String callable) {
    return of(
        "it asks for %s to be called when it is loaded, which no checkpoint needs. Nothing was run. Do not load the file with another program; get the weights from a source that you trust."
            .formatted(Text.quoted(callable)));
  }

  /** Any other error, described in full sentences. */
  public InlayException of(String what) {
    return new InlayException("%s: %s".formatted(path, what));
  }

  public InlayException unreadable(IOException cause) {
    return new InlayException(
        "%s cannot be read: %s. Check the file and its permissions."
            .formatted(path, Reason.of(cause)),
        cause);
  }
}
