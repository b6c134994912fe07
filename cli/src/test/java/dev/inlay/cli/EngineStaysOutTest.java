package dev.inlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that compute nothing load neither DJL nor native code; tried in a JVM of its own. */
final class EngineStaysOutTest {

  @TempDir private Path folder;

  /** Runs the commands of which the engine is no part. */
  public static void main(String[] args) {
    List<String[]> commands =
        List.of(
            new String[] {"--help"},
            new String[] {"list"},
            new String[] {"list", "--presets", "--json"},
            new String[] {"describe", "aspp"},
            new String[] {"describe", "pspnet_r50-d8", "--json"},
            new String[] {"summary", "pspnet_r50-d8"},
            new String[] {"summary", "no-such-network"},
            new String[] {"plugins"},
            new String[] {"bench", "--help"},
            new String[] {"bench", "pspnet_r50-d8", "--mode", "test"});
    long faults = commands.stream().filter(command -> Run.inlay(command).code() == 1).count();
    System.exit((int) faults);
  }

  @Test
  void noClassOfTheEngineIsLoaded() throws Exception {
    Path log = folder.resolve("classes.log");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log.toString().replace('\\', '/') + "::filecount=0",
                "-cp",
                System.getProperty("java.class.path"),
                EngineStaysOutTest.class.getName())
            .inheritIO()
            .start();

    assertThat(java.waitFor()).isZero();
    try (Stream<String> lines = Files.lines(log)) {
      List<String> loaded = lines.filter(line -> line.contains(" source:")).toList();
      assertThat(loaded).anyMatch(line -> line.contains("dev.inlay.cli.look.SummaryCommand "));
      assertThat(loaded).noneMatch(line -> line.contains("] ai.djl."));
    }
  }
}
