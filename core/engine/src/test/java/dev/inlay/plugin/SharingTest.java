package dev.inlay.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.inlay.graph.Graph;
import dev.inlay.guard.Core;
import dev.inlay.spec.Techniques;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The classes that plugins see of the host and of each other, and techniques on the class path. */
final class SharingTest {

  @TempDir private Path folder;
  @TempDir private Path elsewhere;

  private static ClassLoader loaderOf(Plugins plugins, String technique) {
    return plugins.techniques().stream()
        .filter(found -> found.name().equals(technique))
        .map(found -> found.technique().getClass().getClassLoader())
        .findFirst()
        .orElseThrow();
  }

  private URLClassLoader host(Path... entries) throws IOException {
    URL[] urls = new URL[entries.length];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = entries[i].toUri().toURL();
    }
    return new URLClassLoader(urls, PluginBench.host());
  }

  @Test
  void apiIsOnePackage() throws IOException {
    Set<String> packages = new TreeSet<>();
    for (String file : JarMaker.filesOfApi()) {
      if (file.endsWith(".class")) {
        packages.add(file.substring(0, file.lastIndexOf('/')).replace('/', '.'));
      }
    }
    assertThat(packages).containsExactly(Core.API);
  }

  @Test
  void packagesOfTheCoreBehindTheApiAreHidden() throws Exception {
    new PluginBench(folder);
    try (Plugins plugins = PluginBench.load(folder)) {
      ClassLoader loader = loaderOf(plugins, "before");
      for (Class<?> hidden : List.of(Graph.class, Techniques.class, Core.class)) {
        assertThatThrownBy(() -> loader.loadClass(hidden.getName()))
            .isInstanceOf(ClassNotFoundException.class);
      }
    }
  }

  @Test
  void sharedClassesAreTheHostsAndOthersAreHidden() throws Exception {
    new PluginBench(folder);
    try (Plugins plugins = PluginBench.load(folder)) {
      ClassLoader loader = loaderOf(plugins, "before");
      for (String shared :
          List.of(
              "dev.inlay.Technique",
              "ai.djl.engine.Engine",
              "org.slf4j.Logger",
              "org.jspecify.annotations.Nullable")) {
        assertThat(loader.loadClass(shared))
            .isSameAs(Class.forName(shared, false, PluginBench.host()));
      }
      assertThat(loader.loadClass("java.sql.Connection")).isNotNull();
      assertThatThrownBy(() -> loader.loadClass("org.assertj.core.api.Assertions"))
          .isInstanceOf(ClassNotFoundException.class);
      assertThatThrownBy(() -> loader.loadClass("com.google.gson.Gson"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  @Test
  void servicesOfSharedLibrariesAreVisibleAndTheCoresAreNot() throws Exception {
    new PluginBench(folder);
    Path onClassPath =
        JarMaker.empty().technique("y.Other", "other").write(elsewhere.resolve("other.jar"));
    try (URLClassLoader host = host(onClassPath);
        Plugins plugins = PluginBench.load(folder, host)) {
      ClassLoader loader = loaderOf(plugins, "before");
      assertThat(
              Collections.list(
                  loader.getResources("META-INF/services/ai.djl.engine.EngineProvider")))
          .isNotEmpty();
      assertThat(Collections.list(loader.getResources(Providers.SERVICE_FILE)))
          .singleElement()
          .asString()
          .contains("a-before.jar");
    }
  }

  @Test
  void librariesArePrivate() {
    for (String id : List.of("one", "two")) {
      String library =
          "package lib; public class L { public static String s() { return \"%s\"; } }";
      JarMaker.plugin(id)
          .technique(
              "x.B",
              id,
              source ->
                  source.replace(
                      "public B()", "public String toString() { return lib.L.s(); } public B()"))
          .source("lib.L", library.formatted(id))
          .write(folder.resolve(id + ".jar"));
    }
    try (Plugins plugins = PluginBench.load(folder)) {
      assertThat(PluginBench.names(plugins)).containsExactly("one", "two");
      assertThat(plugins.techniques())
          .extracting(found -> found.technique().getClass().getName())
          .containsExactly("x.B", "x.B");
      assertThat(plugins.techniques())
          .extracting(found -> found.technique().toString())
          .containsExactly("one", "two");
    }
  }

  @Test
  void ourOwnPluginsLiveInPackagesThatAreNotShared() {
    JarMaker.plugin("aspp")
        .technique("dev.inlay.plugins.aspp.Aspp", "aspp")
        .write(folder.resolve("aspp.jar"));
    try (Plugins plugins = PluginBench.load(folder)) {
      assertThat(PluginBench.messages(plugins)).isEmpty();
      assertThat(PluginBench.names(plugins)).containsExactly("aspp");
    }
  }

  @Test
  void otherServiceFilesOfAPluginDoNotMatter() {
    JarMaker.sound("b")
        .entry("META-INF/services/java.sql.Driver", "x.NoSuchDriver broken")
        .entry("META-INF/services/dev.inlay.Backbone", "x.Missing")
        .write(folder.resolve("b.jar"));
    try (Plugins plugins = PluginBench.load(folder)) {
      assertThat(PluginBench.messages(plugins)).isEmpty();
      assertThat(PluginBench.names(plugins)).containsExactly("b");
    }
  }

  // The class path

  @Test
  void techniquesOfTheClassPathAreFound() throws IOException {
    new PluginBench(folder);
    Path jar = JarMaker.empty().technique("y.Own", "own").write(elsewhere.resolve("own.jar"));
    try (URLClassLoader host = host(jar);
        Plugins plugins = PluginBench.load(folder, host)) {
      assertThat(plugins.techniques())
          .extracting(Found::name, Found::origin)
          .containsExactly(
              tuple("after", "plugin jar z-after.jar"),
              tuple("before", "plugin jar a-before.jar"),
              tuple("own", "class path entry own.jar"));
    }
  }

  @Test
  void brokenEntryOfTheClassPathHarmsNoOther() throws IOException {
    new PluginBench(folder);
    Path first = JarMaker.empty().technique("y.First", "first").write(elsewhere.resolve("1.jar"));
    Path broken = JarMaker.empty().service("y.Missing").write(elsewhere.resolve("2.jar"));
    Path syntax = JarMaker.empty().service("y.A b").write(elsewhere.resolve("3.jar"));
    Path taken = JarMaker.empty().technique("y.Again", "first").write(elsewhere.resolve("4.jar"));
    Path last = JarMaker.empty().technique("y.Last", "last").write(elsewhere.resolve("5.jar"));
    try (URLClassLoader host = host(first, broken, syntax, taken, last);
        Plugins plugins = PluginBench.load(folder, host)) {
      assertThat(PluginBench.names(plugins)).containsExactly("after", "before", "first", "last");
      assertThat(PluginBench.messages(plugins))
          .containsExactly(
              "2.jar (on the class path): the technique class y.Missing is not there, though"
                  + " META-INF/services/dev.inlay.Technique names it.",
              "3.jar (on the class path): has 'y.A b' in line 1 of"
                  + " META-INF/services/dev.inlay.Technique; each line must be the full name of one"
                  + " class.",
              "4.jar (on the class path): provides the technique 'first', which class path entry"
                  + " 1.jar provides already; remove one of the two.");
      assertThat(plugins.refused())
          .extracting(Refused::path)
          .containsExactly(broken, syntax, taken);
    }
  }

  @Test
  void sameClassTwiceOnTheClassPathIsOneTechnique() throws IOException {
    Path first = JarMaker.empty().technique("y.B", "b").write(elsewhere.resolve("1.jar"));
    Path second = JarMaker.empty().technique("y.B", "b").write(elsewhere.resolve("2.jar"));
    try (URLClassLoader host = host(first, second);
        Plugins plugins = PluginBench.load(folder, host)) {
      assertThat(PluginBench.names(plugins)).containsExactly("b");
      assertThat(PluginBench.messages(plugins)).isEmpty();
    }
  }

  @Test
  void pluginThatIsOnTheClassPathTooIsSkipped() throws IOException {
    Path jar = JarMaker.sound("same").write(folder.resolve("same.jar"));
    try (URLClassLoader host = host(jar);
        Plugins plugins = PluginBench.load(folder, host)) {
      assertThat(PluginBench.messages(plugins)).isEmpty();
      assertThat(plugins.techniques())
          .extracting(Found::name, Found::origin)
          .containsExactly(tuple("same", "class path entry same.jar"));
      assertThat(plugins.jars())
          .containsExactly(new PluginJar(jar, "same", "1.0.0", List.of(), true, List.of()));
    }
  }

  @Test
  void pluginWithATechniqueOfTheClassPathInAnotherClassIsRefused() throws IOException {
    Path jar = JarMaker.empty().technique("y.Own", "same").write(elsewhere.resolve("own.jar"));
    JarMaker.sound("same").write(folder.resolve("same.jar"));
    try (URLClassLoader host = host(jar);
        Plugins plugins = PluginBench.load(folder, host)) {
      assertThat(PluginBench.messages(plugins))
          .containsExactly(
              "same.jar (same): provides the technique 'same', which class path entry own.jar"
                  + " provides already; remove one of the two.");
    }
  }

  // Many and closing

  @Test
  void aFolderNamedTwiceIsReadOnce() {
    new PluginBench(folder);
    List<PluginFolder> twice =
        List.of(PluginFolder.standard(folder), PluginFolder.named(folder.resolve(".")));
    try (Plugins plugins = Plugins.load(twice, PluginBench.host(), "0.1.0")) {
      assertThat(PluginBench.messages(plugins)).isEmpty();
      assertThat(plugins.jars()).hasSize(2);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void closingLeavesNoFileOpen() throws IOException {
    new PluginBench(folder);
    JarMaker.plugin("bad").service("x.Missing").write(folder.resolve("bad.jar"));
    Plugins plugins = PluginBench.load(folder);
    assertThat(OpenFiles.below(folder)).as("open while in use").isEqualTo(2);
    plugins.close();
    assertThat(OpenFiles.below(folder)).as("open after closing").isZero();
  }
}
