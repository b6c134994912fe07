package dev.inlay.plugin;

import dev.inlay.guard.Core;
import java.util.List;

/**
 * The packages that a plugin takes from the host: the API, and libraries whose objects pass between
 * host and plugin. Other packages of the core are hidden; other libraries come from the plugin.
 *
 * <p>Kotlin's standard library is the host's where the host brings it, so that functions pass
 * between host and plugin. The command line does not bring it: there, a plugin has its own copy.
 */
final class SharedClasses {

  private static final List<String> LIBRARIES =
      List.of("ai.djl.", "org.jspecify.", "org.pf4j.", "org.slf4j.");
  private static final String KOTLIN = "kotlin.";

  private final boolean kotlin;

  private SharedClasses(boolean kotlin) {
    this.kotlin = kotlin;
  }

  /** The packages that plugins take from this host. */
  static SharedClasses of(ClassLoader host) {
    return new SharedClasses(host.getResource(KotlinLibrary.MARK) != null);
  }

  /** Whether the host brings Kotlin's standard library. */
  boolean kotlin() {
    return kotlin;
  }

  /** Whether the class of this name, as in {@code dev.inlay.Technique}, is shared. */
  boolean include(String className) {
    return includePackage(packageOf(className, '.'));
  }

  /** Whether the resource of this name, as in {@code kotlin/kotlin.kotlin_builtins}, is shared. */
  boolean includeResource(String name) {
    return includePackage(packageOf(name, '/').replace('/', '.'));
  }

  private boolean includePackage(String name) {
    return alwaysShared(name) || (kotlin && (name + ".").startsWith(KOTLIN));
  }

  /** Whether the class of this name belongs to the API. */
  static boolean ofApi(String className) {
    return Core.API.equals(packageOf(className, '.'));
  }

  /**
   * Whether no plugin may have a file of this name: every host has one. A copy of Kotlin's library
   * is allowed, as only some hosts have it.
   */
  static boolean everyHostHas(String resource) {
    return alwaysShared(packageOf(resource, '/').replace('/', '.'));
  }

  private static boolean alwaysShared(String packageName) {
    return Core.API.equals(packageName)
        || LIBRARIES.stream().anyMatch((packageName + ".")::startsWith);
  }

  private static String packageOf(String name, char separator) {
    return name.substring(0, Math.max(0, name.lastIndexOf(separator)));
  }
}
