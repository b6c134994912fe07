package dev.inlay.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** More jars than a process may have open files: a few stay open, all can be read. */
final class ManyJarsTest {

  private static final int JARS = 150;

  @TempDir private Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void fewJarsAreOpenAndAllAreRead() throws Exception {
    for (int i = 0; i < JARS; i++) {
      JarMaker.sound("many-" + i)
          .entry("x/large.txt", "y".repeat((1 << 20) + 1))
          .entry("x/a b+c%é.txt", "odd")
          .write(folder.resolve("many-%d + %%41.jar".formatted(i)));
    }
    try (Plugins plugins = PluginBench.load(folder)) {
      assertThat(PluginBench.messages(plugins)).isEmpty();
      assertThat(plugins.techniques()).hasSize(JARS);
      for (Found found : plugins.techniques()) {
        Class<?> type = found.technique().getClass();
        assertThat(type.getClassLoader().loadClass("x.Only$Options")).isNotNull();
        assertThat(text(type.getResource("a b+c%é.txt"))).isEqualTo("odd");
        try (InputStream large = type.getResourceAsStream("large.txt")) {
          assertThat(large).isNotNull();
          assertThat(large.readAllBytes()).hasSize((1 << 20) + 1);
        }
      }
      assertThat(OpenFiles.below(folder)).isBetween(1L, 64L);
    }
    assertThat(OpenFiles.below(folder)).isZero();
  }

  @Test
  void jarThatIsReplacedWhileOthersAreReadIsNotTakenForTheOldOne() throws IOException {
    Path jar = JarMaker.sound("one").write(folder.resolve("one.jar"));
    OpenJars jars = new OpenJars();
    assertThat((Object) jars.read(jar, open -> open.getJarEntry("x/Only.class"))).isNotNull();
    jars.close(jar);
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000));
    assertThatThrownBy(() -> jars.read(jar, open -> true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was changed while it is in use");
  }

  @Test
  void closedPluginsGiveNoMoreClasses() throws Exception {
    JarMaker.sound("one").write(folder.resolve("one.jar"));
    Plugins plugins = PluginBench.load(folder);
    ClassLoader loader = plugins.techniques().get(0).technique().getClass().getClassLoader();
    plugins.close();
    assertThatThrownBy(() -> loader.loadClass("x.Only$Options"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  private static String text(URL address) throws IOException {
    try (InputStream stream = address.openStream()) {
      return new String(stream.readAllBytes());
    }
  }
}
