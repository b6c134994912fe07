package dev.inlay.pickle;

import dev.inlay.InlayException;
import dev.inlay.files.Reason;
import dev.inlay.weights.Text;
import java.io.IOException;
import java.nio.file.Path;

/** The errors that a checkpoint causes, each with the file's name. */
public record FileErrors(Path path) {
  /** The file breaks a rule of its format. */
  public InlayException damaged(String what) {
    return of(what + " The file is damaged or was written wrongly: fetch or save it again.");
  }

  /** The file asks for something that no checkpoint needs. */
  InlayException hostile(String callable) {
    return of(
        "it asks for %s to be called when it is loaded, which no checkpoint needs. "
                .formatted(Text.quoted(callable))
            + "Nothing of it was run. Do not load it with anything else; get the weights from a "
            + "source that you trust.");
  }

  /** Another error, in full sentences. */
  public InlayException of(String what) {
    return new InlayException(path + ": " + what);
  }

  public InlayException unreadable(IOException cause) {
    return new InlayException(
        "%s cannot be read: %s. Check the file and its permissions."
            .formatted(path, Reason.of(cause)),
        cause);
  }
}
