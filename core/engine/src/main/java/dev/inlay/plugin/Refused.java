package dev.inlay.plugin;

import dev.inlay.files.Sentence;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A jar, or another entry of the class path, that is not used.
 *
 * @param path the jar; null for an entry of the class path that is not a file
 * @param id its plugin id; null if it could not be read
 * @param message the message, which names the jar and every reason
 */
public record Refused(@Nullable Path path, @Nullable String id, String message) {

  /**
   * Refuses a jar.
   *
   * @param reason the reason, without a full stop, as the rest of a sentence that begins with the
   *     jar
   * @param label what the message calls the jar
   */
  static Refused because(String reason, @Nullable Path path, @Nullable String id, String label) {
    return new Refused(path, id, Sentence.ended("%s: %s".formatted(label, reason)));
  }
}
