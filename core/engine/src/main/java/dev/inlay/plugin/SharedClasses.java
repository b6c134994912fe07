package dev.inlay.plugin;

import dev.inlay.guard.Core;
import java.util.List;

/**
 * The packages that a plugin always takes from the host: the API, and libraries whose objects pass
 * between host and plugin. Other packages of the core are hidden; other libraries come from the
 * plugin.
 */
final class SharedClasses {

  private static final List<String> LIBRARIES =
      List.of("ai.djl.", "kotlin.", "org.jspecify.", "org.pf4j.", "org.slf4j.");

  private SharedClasses() {}

  /** Whether the class of this name, as in {@code dev.inlay.Technique}, is shared. */
  static boolean include(String className) {
    return includePackage(packageOf(className, '.'));
  }

  /** Whether the class of this name belongs to the API. */
  static boolean ofApi(String className) {
    return Core.API.equals(packageOf(className, '.'));
  }

  /** Whether the resource of this name, as in {@code kotlin/kotlin.kotlin_builtins}, is shared. */
  static boolean includeResource(String name) {
    return includePackage(packageOf(name, '/').replace('/', '.'));
  }

  private static boolean includePackage(String name) {
    return Core.API.equals(name) || LIBRARIES.stream().anyMatch((name + ".")::startsWith);
  }

  private static String packageOf(String name, char separator) {
    return name.substring(0, Math.max(0, name.lastIndexOf(separator)));
  }
}
