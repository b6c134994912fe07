package dev.inlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plugin that ends the process is named, and the exit code is not 0; each in a JVM of its own.
 */
final class ForeignExitTest {

  private static final String EXIT = "System.exit(0);";

  @TempDir private Path folder;

  /** What a process has printed on the error stream, and its exit code. */
  private record Ended(int code, String out, String err) {}

  private Ended inlay(String... arguments) throws Exception {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Inlay.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(java.stream(), Stream.of(arguments)).toList())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("INLAY_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    int code = builder.start().waitFor();
    return new Ended(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private void isNamed(Ended ended, String line) {
    assertThat(ended.err().lines())
        .singleElement()
        .asString()
        .matches(
            "inlay: Code of plugin jar leaving\\.jar at sample\\.leaving\\.Sample\\."
                + line
                + "\\(Sample\\.java:\\d+\\) has ended the process with System\\.exit; Inlay did not"
                + " finish\\. Remove the plugin, or report it to its author\\.");
    assertThat(ended.code()).isEqualTo(2);
  }

  @Test
  void inTheConstructor() throws Exception {
    SampleJar.creating(folder, "leaving", EXIT);
    isNamed(inlay("list", "--plugins", folder.toString()), "<init>");
  }

  @Test
  void inAThreadThatTheConstructorStarts() throws Exception {
    SampleJar.creating(
        folder,
        "leaving",
        "Thread t = new Thread(() -> System.exit(0)); t.start();"
            + " try { t.join(); } catch (InterruptedException e) {}");
    isNamed(inlay("list", "--plugins", folder.toString()), "lambda\\$new\\$0");
  }

  @Test
  void inBuild() throws Exception {
    SampleJar.building(folder, "leaving", EXIT);
    isNamed(summary(), "build");
  }

  private Ended summary() throws Exception {
    return inlay("summary", "resnet18 | leaving | fcn", "--plugins", folder.toString());
  }

  @Test
  void aHaltInBuildIsRefusedBeforeItRuns() throws Exception {
    SampleJar.building(folder, "leaving", "Runtime.getRuntime().halt(0);");
    Ended ended = inlay("list", "--plugins", folder.toString());
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("resnet");
    assertThat(ended.err())
        .contains("left out leaving.jar")
        .contains("the class sample.leaving.Sample of plugin jar leaving.jar calls Runtime.halt");
  }
}
