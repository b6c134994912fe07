package dev.inlay.guard;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The Inlay that runs, and the one that a jar was built for.
 *
 * @param core the version of the core that runs
 * @param requires the range of versions in the jar's manifest; null if it names none
 */
public record BuiltFor(String core, @Nullable String requires) {

  /** The entry of a plugin's manifest with the versions of Inlay that it runs with. */
  public static final String REQUIRES = "Plugin-Requires";

  /** PF4J's word for a range that is not given. */
  private static final String ANY = "*";

  public BuiltFor {
    requires = requires == null || requires.isBlank() || requires.equals(ANY) ? null : requires;
  }

  /** What the jar of a class says. It is read for messages only, and may say nothing. */
  public static BuiltFor of(Class<?> type, String core) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return new BuiltFor(core, source == null ? null : requires(source.getLocation()));
  }

  private static @Nullable String requires(@Nullable URL location) {
    if (location == null || !"file".equals(location.getProtocol())) {
      return null;
    }
    try {
      Path file = Path.of(location.toURI());
      if (!Files.isRegularFile(file)) {
        return null;
      }
      try (JarFile jar = new JarFile(file.toFile(), false)) {
        Manifest manifest = jar.getManifest();
        return manifest == null ? null : manifest.getMainAttributes().getValue(REQUIRES);
      }
    } catch (IOException | URISyntaxException | RuntimeException e) {
      return null; // The message is about another fault; it does without.
    }
  }

  /** In brackets behind the word Inlay; empty if the jar says nothing. */
  String inWords() {
    return requires == null ? "" : " (%s: %s)".formatted(REQUIRES, requires);
  }
}
