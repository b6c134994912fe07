package dev.inlay.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The dependencies of plugins on the core and on each other. */
final class DependenciesTest {

  @TempDir private Path folder;
  private PluginBench bench;

  @BeforeEach
  void makeSoundJars() {
    bench = new PluginBench(folder);
  }

  private void add(String id, String dependencies) {
    add(JarMaker.sound(id).manifest("Plugin-Dependencies", dependencies), id);
  }

  private void add(JarMaker maker, String id) {
    maker.write(folder.resolve(id + ".jar"));
  }

  // The core

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1.0",
        "0.0.9",
        "0.1.0-SNAPSHOT",
        ">=0.1.0-rc.1",
        ">=0.1.0 & <1.0.0",
        ">=0.1.0 && <1.0.0",
        ">=9.0.0 | 0.1.0",
        "~0.1",
        "^0.1.0",
        "0.x",
        "0.*",
        "0.0.5 - 0.2.0",
        ">=0.1",
        "*",
        ""
      })
  void rangesOfTheCoreThatFit(String range) {
    add(JarMaker.sound("b").manifest("Plugin-Requires", range), "b");
    bench.accepts("b");
  }

  @Test
  void newerCoreIsNeeded() {
    add(JarMaker.sound("b").manifest("Plugin-Requires", ">=2.0.0"), "b");
    add("c", "b");
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.messages(plugins))
          .containsExactly(
              "b.jar (b): needs Inlay >=2.0.0 (Plugin-Requires), and this is Inlay 0.1.0; update"
                  + " Inlay, or take an older version of the plugin.",
              "c.jar (c): needs plugin 'b', which is not there; add its jar.");
      assertThat(PluginBench.names(plugins)).containsExactly("after", "before");
    }
  }

  @Test
  void aBareVersionMeansThatOrNewer() {
    add(JarMaker.sound("b").manifest("Plugin-Requires", "0.1.1"), "b");
    bench.refusesOnly(
        "b.jar (b): needs Inlay 0.1.1 (Plugin-Requires), and this is Inlay 0.1.0; update Inlay, or"
            + " take an older version of the plugin");
  }

  @ParameterizedTest
  @CsvSource({
    ">=0.2.0 & <1.0.0, 'update Inlay, or take an older version of the plugin'",
    "0.1.1, 'update Inlay, or take an older version of the plugin'",
    ">0.1.0, 'update Inlay, or take an older version of the plugin'",
    "~1.2, 'update Inlay, or take an older version of the plugin'",
    "<0.1.0, 'update the plugin, or take an older Inlay'",
    "0.0.x, 'update the plugin, or take an older Inlay'",
    ">=0.0.1 & <=0.0.9, 'update the plugin, or take an older Inlay'",
    "<0.0.5 | >=2.0.0, 'update Inlay, or take another version of the plugin'",
    ">=0.5.0 & <0.2.0, 'no version lies in that range, so correct it'",
  })
  void whichSideIsOlderIsSaid(String range, String wayOut) {
    add(JarMaker.sound("b").manifest("Plugin-Requires", range), "b");
    bench.refusesOnly(
        "b.jar (b): needs Inlay %s (Plugin-Requires), and this is Inlay 0.1.0; %s"
            .formatted(range, wayOut));
  }

  @ParameterizedTest
  @ValueSource(strings = {">=0.1.0 <1.0.0", "[1.0,2.0)", "!1.2.0", "latest", ">=1.0.0,<2.0.0"})
  void malformedRangeOfTheCore(String range) {
    add(JarMaker.sound("b").manifest("Plugin-Requires", range), "b");
    bench.refusesOnly(
        "b.jar (b): has the Plugin-Requires '"
            + range
            + "', which is no range of versions; write a"
            + " range as '1.2.0' (or newer) or '>=1.2.0 & <2.0.0'");
  }

  @Test
  void rangeThatNestsTooDeep() {
    String range = "(".repeat(100_000);
    add(JarMaker.sound("b").manifest("Plugin-Requires", range), "b");
    bench.refusesOnly(
        "b.jar (b): has the Plugin-Requires '"
            + range
            + "', which is no range of versions; write a range as '1.2.0' (or newer) or '>=1.2.0 &"
            + " <2.0.0'");
  }

  @Test
  void aSnapshotOfTheCoreCountsAsItsRelease() {
    add(JarMaker.sound("b").manifest("Plugin-Requires", ">=0.1.0"), "b");
    add(JarMaker.sound("c").manifest("Plugin-Requires", "<0.1.0"), "c");
    try (Plugins plugins =
        Plugins.load(List.of(PluginFolder.named(folder)), PluginBench.host(), "0.1.0-SNAPSHOT")) {
      assertThat(PluginBench.messages(plugins))
          .containsExactly(
              "c.jar (c): needs Inlay <0.1.0 (Plugin-Requires), and this is Inlay 0.1.0-SNAPSHOT;"
                  + " update the plugin, or take an older Inlay.");
    }
  }

  // Each other

  @Test
  void aPluginUsesTheClassesOfThoseItNeeds() {
    add(JarMaker.plugin("z-library").source("lib.Names", library("first")), "z-library");
    add(
        JarMaker.plugin("b")
            .manifest("Plugin-Dependencies", "z-library@>=1.0.0 & <2.0.0, absent?@>=1.0.0")
            .technique(
                "x.B",
                "b",
                source ->
                    source.replace(
                        "public B()",
                        "public String toString() { return lib.Names.NAME.trim(); } public B()"))
            .compiledWith("lib.Names", library("compiled")),
        "b");
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.messages(plugins)).isEmpty();
      assertThat(plugins.techniques())
          .filteredOn(found -> found.name().equals("b"))
          .extracting(found -> found.technique().toString())
          .containsExactly("first");
    }
  }

  private static String library(String name) {
    return "package lib; public class Names { public static final String NAME = String.valueOf(\""
        + name
        + "\"); }";
  }

  @Test
  void techniquesOfADependencyAreFoundOnce() {
    add("b", "c, d");
    add("c", "d");
    add("d", "");
    bench.accepts("b", "c", "d");
  }

  @Test
  void missingDependency() {
    add("b", "ghost@>=1.0.0");
    bench.refusesOnly("b.jar (b): needs plugin 'ghost' >=1.0.0, which is not there; add its jar");
  }

  @Test
  void wrongVersionHarmsOnlyWhoAsked() {
    add("b", "before@>=2.0.0, ghost");
    bench.refusesOnly(
        "b.jar (b): needs plugin 'before' >=2.0.0, found 1.0.0 (a-before.jar); needs plugin"
            + " 'ghost', which is not there; add its jar");
  }

  @Test
  void wrongVersionOfAnOptionalDependency() {
    add("b", "before?@~2.0");
    bench.refusesOnly("b.jar (b): needs plugin 'before' ~2.0, found 1.0.0 (a-before.jar)");
  }

  @ParameterizedTest
  @CsvSource({"1.2.0-SNAPSHOT, >=1.2.0", "1.2.0-SNAPSHOT, 1.2.0", "2.1.0+build.7, ~2.1"})
  void qualifiersCountForNothing(String version, String range) {
    add(JarMaker.sound("c").manifest("Plugin-Version", version), "c");
    add("b", "c@" + range);
    bench.accepts("b", "c");
  }

  @Test
  void aSnapshotIsNotOlderThanItsRelease() {
    add(JarMaker.sound("c").manifest("Plugin-Version", "2.0.0-SNAPSHOT"), "c");
    add("b", "c@<2.0.0");
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.messages(plugins))
          .containsExactly("b.jar (b): needs plugin 'c' <2.0.0, found 2.0.0-SNAPSHOT (c.jar).");
      assertThat(PluginBench.names(plugins)).containsExactly("after", "before", "c");
    }
  }

  @Test
  void aCommaInARangeSplitsIt() {
    add("b", "before@[1.0,2.0)");
    bench.refusesOnly(
        "b.jar (b): has Plugin-Dependencies with 'before@[1.0', which is not a plugin id, '@' and a"
            + " range of versions; a comma separates dependencies; write a range as '1.2.0' (or"
            + " newer) or '>=1.2.0 & <2.0.0'");
  }

  @Test
  void aChainBreaksToItsEnd() {
    add("b", "c");
    add("c", "d");
    add("d", "ghost");
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.messages(plugins))
          .containsExactly(
              "b.jar (b): needs plugin 'c', which was refused (c.jar).",
              "c.jar (c): needs plugin 'd', which was refused (d.jar).",
              "d.jar (d): needs plugin 'ghost', which is not there; add its jar.");
      assertThat(PluginBench.names(plugins)).containsExactly("after", "before");
    }
  }

  @Test
  void whatNeedsAPluginWithABrokenClassIsRefusedToo() {
    add("b", "c");
    add("optional", "c?");
    add(JarMaker.plugin("c").service("x.Missing"), "c");
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.messages(plugins))
          .containsExactly(
              "b.jar (b): needs plugin 'c', which was refused (c.jar).",
              "c.jar (c): the technique class x.Missing is not there, though"
                  + " META-INF/services/dev.inlay.Technique names it.");
      assertThat(PluginBench.names(plugins)).containsExactly("after", "before", "optional");
    }
  }

  @Test
  void cycleNamesItsPlugins() {
    add("b", "c");
    add("c", "before, d?");
    add("d", "b");
    add("e", "d");
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.messages(plugins))
          .containsExactly(
              "b.jar (b): needs itself: b -> c -> d -> b.",
              "c.jar (c): needs itself: c -> d -> b -> c.",
              "d.jar (d): needs itself: d -> b -> c -> d.",
              "e.jar (e): needs plugin 'd', which was refused (d.jar).");
      assertThat(PluginBench.names(plugins)).containsExactly("after", "before");
    }
  }

  @Test
  void pluginThatNeedsItself() {
    add("b", "b");
    bench.refusesOnly("b.jar (b): needs itself: b -> b");
  }
}
