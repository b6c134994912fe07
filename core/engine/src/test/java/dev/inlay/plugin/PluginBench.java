package dev.inlay.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.Technique;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * A plugin folder with a sound jar that sorts before the jars of a test, and one that sorts after.
 */
final class PluginBench {

  static final String CORE_VERSION = "0.1.0";

  final Path folder;

  PluginBench(Path folder) {
    this.folder = folder;
    JarMaker.sound("before").write(folder.resolve("a-before.jar"));
    JarMaker.sound("after").write(folder.resolve("z-after.jar"));
  }

  /** Loads the folder beside a class path without techniques. */
  Plugins load() {
    return load(folder);
  }

  static Plugins load(Path folder) {
    return load(folder, host());
  }

  static Plugins load(Path folder, ClassLoader host) {
    return Plugins.load(List.of(PluginFolder.named(folder)), host, CORE_VERSION);
  }

  /** The tests' class path without the techniques that core itself lists. */
  static ClassLoader host() {
    return new ClassLoader(Technique.class.getClassLoader()) {
      @Override
      public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals("META-INF/services/" + Technique.class.getName())
            ? Collections.emptyEnumeration()
            : super.getResources(name);
      }
    };
  }

  static List<String> names(Plugins plugins) {
    return plugins.techniques().stream().map(Found::name).toList();
  }

  static List<String> messages(Plugins plugins) {
    return plugins.refused().stream().map(Refused::message).toList();
  }

  /**
   * Checks that the two sound jars work and that there is exactly one message.
   *
   * @param message the message without its final full stop
   */
  void refusesOnly(String message) {
    try (Plugins plugins = load()) {
      assertThat(messages(plugins)).containsExactly(message + ".");
      assertThat(names(plugins)).containsExactly("after", "before");
      assertThat(plugins.jars()).extracting(PluginJar::id).containsExactly("before", "after");
    }
  }

  /** Checks that all jars load, with these techniques besides the two sound ones. */
  void accepts(String... techniques) {
    try (Plugins plugins = load()) {
      assertThat(messages(plugins)).isEmpty();
      List<String> expected = new ArrayList<>(List.of("after", "before"));
      expected.addAll(List.of(techniques));
      assertThat(names(plugins)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }
}
