package dev.inlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The locale in which the launcher starts Java, tried with a script in the place of Java. */
final class LauncherLocaleTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "C, ANSI_X3.4-1968, C.UTF-8",
    "POSIX, ANSI_X3.4-1968, C.UTF-8",
    // A name that the system does not have, as that of a terminal on another machine.
    "xx_YY.ISO-8859-1, ANSI_X3.4-1968, C.UTF-8",
    "de_DE.ISO-8859-1, ISO-8859-1, de_DE.ISO-8859-1",
    "de_DE.UTF-8, UTF-8, de_DE.UTF-8"
  })
  void namesAreReadInUtf8UnlessTheLocaleHasLettersOfItsOwn(
      String locale, String charmap, String started) throws Exception {
    Path home = folder.resolve("java");
    script(home.resolve("bin/java"), "printf '%s' \"$LC_ALL\"");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    script(folder.resolve("tools/locale"), "printf '%s\\n' '" + charmap + "'");
    Path launcher = folder.resolve("inlay/bin/inlay");
    Files.createDirectories(launcher.getParent());
    Files.copy(Path.of("src/main/dist/bin/inlay"), launcher);

    ProcessBuilder builder = new ProcessBuilder("bash", launcher.toString(), "list");
    builder.environment().put("LC_ALL", locale);
    builder.environment().put("JAVA_HOME", home.toString());
    builder
        .environment()
        .merge("PATH", folder.resolve("tools").toString(), (path, tools) -> tools + ":" + path);
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(out).isEqualTo(started);
  }

  private static void script(Path file, String line) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
