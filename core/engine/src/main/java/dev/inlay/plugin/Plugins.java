package dev.inlay.plugin;

import dev.inlay.InlayException;
import dev.inlay.guard.Causes;
import dev.inlay.guard.Guard;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The techniques that were found, on the class path and in plugin jars, and the jars that were
 * refused. The caller closes them when no technique is in use any more.
 *
 * <p>A plugin is trusted code with all permissions of the program.
 */
public final class Plugins implements AutoCloseable {

  private final List<Found> techniques;
  private final List<PluginJar> jars;
  private final List<Refused> refused;
  private final List<PluginClasses> open;
  private final String coreVersion;

  Plugins(
      Collection<Found> techniques,
      Collection<PluginJar> jars,
      Collection<Refused> refused,
      Collection<PluginClasses> open,
      String coreVersion) {
    this.techniques = List.copyOf(techniques);
    this.jars = List.copyOf(jars);
    this.refused = List.copyOf(refused);
    this.open = List.copyOf(open);
    this.coreVersion = coreVersion;
  }

  /**
   * Finds techniques on the class path, then in folders of plugin jars.
   *
   * <p>A jar that cannot be used is refused as a whole and does not affect other jars. If two
   * provide a technique of one name, the first one wins: the class path, then the jars in the order
   * of the folders and of their file names, each after its dependencies.
   *
   * @param host the class loader of the program
   * @param coreVersion the version of the core, which plugins may require, as in 0.1.0
   * @throws InlayException if a folder or its allow-list cannot be read; never for a broken jar
   */
  public static Plugins load(List<PluginFolder> folders, ClassLoader host, String coreVersion) {
    if (!Versions.isVersion(coreVersion)) {
      throw new IllegalArgumentException("the core's version is '" + coreVersion + "'");
    }
    return new Loading(host, coreVersion).load(folders);
  }

  /** All techniques, sorted by name. */
  public List<Found> techniques() {
    return techniques.stream().sorted(Comparator.comparing(Found::name)).toList();
  }

  /**
   * All techniques as they were found: those of the class path, then those of the jars in the order
   * of the folders and of their file names, each jar after its dependencies.
   */
  List<Found> inOrderFound() {
    return techniques;
  }

  /** The jars that are used, in the order in which they lie in their folders. */
  public List<PluginJar> jars() {
    return jars;
  }

  /** The refused jars with the reasons, each once; those of the class path come first. */
  public List<Refused> refused() {
    return refused;
  }

  /** Calls a method of a technique under {@link Guard}. */
  public <T extends @Nullable Object> T guard(Found found, Supplier<T> body) {
    return Guard.call(
        found.name(), found.technique().getClass(), found.origin(), coreVersion, body);
  }

  /** Closes the jars; their techniques must not be used any more. */
  @Override
  public void close() {
    close(open);
  }

  static void close(Collection<PluginClasses> loaders) {
    @Nullable InlayException failure = null;
    for (PluginClasses loader : loaders) {
      try {
        loader.close();
      } catch (IOException e) {
        failure =
            new InlayException("Cannot close a plugin jar: %s.".formatted(Causes.inWords(e)), e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
