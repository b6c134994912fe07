package dev.inlay.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SHA-256 sums of jars, and the file that lists the allowed ones. */
final class AllowListTest {

  @TempDir private Path folder;
  private PluginBench bench;
  private Path list;

  @BeforeEach
  void makeSoundJars() {
    bench = new PluginBench(folder);
    list = folder.resolve("plugins.sha256");
  }

  private String sum(String jar) throws IOException {
    return AllowList.sha256(folder.resolve(jar));
  }

  @Test
  void sumIsTheOneThatToolsPrint() throws IOException {
    Path file = Files.writeString(folder.resolve("abc.txt"), "abc");
    PluginJar jar = new PluginJar(file, "abc", "1.0.0", List.of(), false, List.of());
    assertThat(jar.sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void sumOfAJarThatWasRemoved() throws IOException {
    Path file = folder.resolve("gone.jar");
    PluginJar jar = new PluginJar(file, "gone", "1.0.0", List.of(), false, List.of());
    assertThatThrownBy(jar::sha256)
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("Cannot read " + file + ": NoSuchFileException");
  }

  @Test
  void listedJarsLoad() throws IOException {
    Files.writeString(
        list,
        "# trusted\n\n"
            + sum("a-before.jar")
            + "  a-before.jar\n"
            + sum("z-after.jar").toUpperCase(Locale.ROOT)
            + " *./z-after.jar\n");
    bench.accepts();
  }

  @Test
  void unlistedAndChangedJarsAreRefusedUnopened() throws IOException {
    Files.writeString(folder.resolve("b-unlisted.jar"), "not even a jar");
    Files.writeString(folder.resolve("c-changed.jar"), "abc");
    String other = "0".repeat(64);
    Files.writeString(
        list,
        sum("a-before.jar")
            + "  a-before.jar\n"
            + other
            + "  c-changed.jar\n"
            + sum("z-after.jar")
            + "  z-after.jar\n");
    try (Plugins plugins = bench.load()) {
      assertThat(PluginBench.names(plugins)).containsExactly("after", "before");
      assertThat(PluginBench.messages(plugins))
          .containsExactly(
              "b-unlisted.jar: is not in the allow-list "
                  + list
                  + "; if you trust it, add its SHA-256, or record all with 'inlay plugins lock'.",
              "c-changed.jar: has the SHA-256"
                  + " ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, but the"
                  + " allow-list "
                  + list
                  + " says "
                  + other
                  + "; restore the jar, or change the list if you trust it.");
    }
  }

  @Test
  void malformedListAllowsNothing() throws IOException {
    Files.writeString(list, "# trusted\nabc  a-before.jar\n");
    assertThatThrownBy(bench::load)
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "Line 2 of the allow-list "
                + list
                + " is 'abc  a-before.jar'; each line must be a"
                + " SHA-256 of 64 hexadecimal digits, two spaces and the name of a jar, as"
                + " sha256sum prints it.");
  }

  @Test
  void unreadableListAllowsNothing() throws IOException {
    Files.createSymbolicLink(list, Path.of("lost"));
    assertThatThrownBy(bench::load)
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith("The allow-list " + list + " cannot be read: it does not exist.");
  }
}
