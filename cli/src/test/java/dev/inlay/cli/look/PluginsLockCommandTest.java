package dev.inlay.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.Run;
import dev.inlay.cli.SampleJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inlay plugins lock} and {@code --locked}. */
final class PluginsLockCommandTest {

  @TempDir private Path folder;
  private Path list;

  @BeforeEach
  void makeJar() throws Exception {
    SampleJar.sound(folder, "twice");
    list = folder.resolve("plugins.sha256");
  }

  private Run inlay(String... arguments) {
    return Run.inlay(
        Stream.concat(Stream.of(arguments), Stream.of("--plugins", folder.toString()))
            .toArray(String[]::new));
  }

  @Test
  void aFolderWithoutAListIsRefusedWithTheWayOut() {
    Run run = inlay("describe", "twice", "--locked");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains(folder.toString(), "has no list plugins.sha256", "'inlay plugins lock'")
        .hasLineCount(1);
  }

  @Test
  void whatWasRecordedIsUsed() throws Exception {
    Run lock = inlay("plugins", "lock");

    assertThat(lock.err()).isEmpty();
    assertThat(lock.code()).isZero();
    assertThat(lock.out()).isEqualTo(list + ": 1 jars\n  twice.jar  new\n");
    assertThat(Files.readAllLines(list))
        .singleElement()
        .asString()
        .matches("[0-9a-f]{64}  twice.jar");
    assertThat(inlay("describe", "twice", "--locked").code()).isZero();
    assertThat(inlay("plugins", "lock").out()).isEqualTo(list + ": 1 jars\n");
  }

  @Test
  void aJarThatCameLaterIsRefusedUntilItIsRecorded() throws Exception {
    inlay("plugins", "lock");
    SampleJar.sound(folder, "later");

    Run run = inlay("describe", "later", "--locked");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("later.jar: is not in the allow-list", "inlay plugins lock");

    assertThat(inlay("plugins", "lock").out()).contains("later.jar  new");
    assertThat(inlay("describe", "later", "--locked").code()).isZero();
  }

  @Test
  void changedAndRemovedJarsAreNamedWhenTheyAreRecorded() throws Exception {
    Path other = SampleJar.sound(folder, "other");
    inlay("plugins", "lock");
    Files.delete(other);
    Files.writeString(folder.resolve("twice.jar"), "changed");

    assertThat(inlay("plugins", "lock").out())
        .contains("other.jar  gone", "twice.jar  another file than before");
  }

  /** Its constructor would end the process. */
  @Test
  void noCodeOfAJarRuns() throws Exception {
    SampleJar.creating(folder, "fatal", "System.exit(3);");
    assertThat(inlay("plugins", "lock").code()).isZero();
  }

  @Test
  void withoutAFolderThereIsOneMessage() {
    Run run = Run.inlay("plugins", "lock");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("There is no plugin folder", "--plugins").hasLineCount(1);
  }

  @Test
  void aListThatCannotBeWrittenIsOneMessage() throws Exception {
    Files.createDirectory(list);
    Run run = inlay("plugins", "lock");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err().lines().toList()).hasSize(1);
    assertThat(List.of(list.toFile().list())).isEmpty();
  }
}
