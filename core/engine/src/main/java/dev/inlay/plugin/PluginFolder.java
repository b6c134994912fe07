package dev.inlay.plugin;

import dev.inlay.InlayException;
import dev.inlay.guard.Causes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A folder whose jars are plugins: the files whose names end in {@code .jar}, sorted by name.
 * Folders, zip files, hidden files and all other files in it are ignored.
 *
 * @param path the folder
 * @param required whether a missing folder is an error
 * @param locked whether the folder must list its jars in {@code plugins.sha256}
 */
public record PluginFolder(Path path, boolean required, boolean locked) {

  /** A folder that the user named; it must exist. */
  public static PluginFolder named(Path path) {
    return new PluginFolder(path, true, false);
  }

  /** The distribution's own folder; if it is missing, there are no plugins. */
  public static PluginFolder standard(Path path) {
    return new PluginFolder(path, false, false);
  }

  /** The same folder, whose jars are used only if its {@code plugins.sha256} lists them. */
  public PluginFolder lockedIf(boolean locks) {
    return new PluginFolder(path, required, locks);
  }

  List<Path> jars() {
    if (!required && Files.notExists(path)) {
      return List.of();
    }
    if (!Files.isDirectory(path)) {
      throw new InlayException(
          "The plugin folder %s %s; name a folder with plugin jars."
              .formatted(path, Files.exists(path) ? "is not a folder" : "does not exist"));
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(PluginFolder::looksLikeJar)
          .sorted(Comparator.comparing(jar -> String.valueOf(jar.getFileName())))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InlayException(
          "Cannot read the plugin folder %s: %s.".formatted(path, Causes.inWords(e)), e);
    }
  }

  private static boolean looksLikeJar(Path path) {
    String name = String.valueOf(path.getFileName());
    return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).endsWith(".jar");
  }
}
