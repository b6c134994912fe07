package dev.inlay.plugin;

import java.util.List;
import java.util.Set;

/**
 * Which packages a plugin always takes from the host, because objects of their classes pass between
 * the two; every other library is the plugin's own.
 */
final class SharedClasses {

  /** Exactly the core's packages: the project's own plugins live in dev.inlay.plugins. */
  static final Set<String> CORE =
      Set.of(
          "dev.inlay",
          "dev.inlay.compile",
          "dev.inlay.data",
          "dev.inlay.evaluate",
          "dev.inlay.graph",
          "dev.inlay.network",
          "dev.inlay.plugin",
          "dev.inlay.predict",
          "dev.inlay.spec",
          "dev.inlay.train",
          "dev.inlay.weights");

  private static final List<String> LIBRARIES =
      List.of("ai.djl.", "kotlin.", "org.jspecify.", "org.pf4j.", "org.slf4j.");

  private SharedClasses() {}

  /** Whether the class of this name, as in {@code dev.inlay.Technique}, is shared. */
  static boolean include(String className) {
    return includePackage(packageOf(className, '.'));
  }

  /** Whether the class of this name belongs to the core. */
  static boolean ofCore(String className) {
    return CORE.contains(packageOf(className, '.'));
  }

  /** Whether the resource of this name, as in {@code kotlin/kotlin.kotlin_builtins}, is shared. */
  static boolean includeResource(String name) {
    return includePackage(packageOf(name, '/').replace('/', '.'));
  }

  private static boolean includePackage(String name) {
    return CORE.contains(name) || LIBRARIES.stream().anyMatch((name + ".")::startsWith);
  }

  private static String packageOf(String name, char separator) {
    return name.substring(0, Math.max(0, name.lastIndexOf(separator)));
  }
}
