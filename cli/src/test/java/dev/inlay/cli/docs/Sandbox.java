package dev.inlay.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.DatasetFolder;
import dev.inlay.cli.Run;
import dev.inlay.cli.SampleJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A folder with what the documents' commands ask for: a dataset, photos, a model, a checkpoint, a
 * folder of plugins. Commands run in it in a shell of their own.
 */
final class Sandbox {

  private static final String NETWORK =
      "resnet18(width=8, stride=16) | auxiliary(channels=8) | ppm | fcn";

  /**
   * {@code inlay} is this build's command line. {@code mvn} compiles and packs the project in the
   * current folder as its pom would: the local repository need not have this build's jars. The
   * project's whole build is what the module test-fixtures/new-plugins tries.
   */
  private static final String SHELL =
      """
      set -euo pipefail
      inlay() {
        "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$INLAY_CLASS_PATH" dev.inlay.cli.Inlay "$@"
      }
      mvn() {
        [ "$*" = verify ] && [ -d src/main/java ] || return 0
        mkdir -p target/classes
        "$JAVA_HOME/bin/javac" -proc:none -cp "$INLAY_CLASS_PATH" -d target/classes $(find src/main/java -name '*.java')
        cp -R src/main/resources/. target/classes
        printf 'Plugin-Id: %s\\nPlugin-Version: 0.1.0\\n' "${PWD##*/}" > target/manifest
        "$JAVA_HOME/bin/jar" cfm "target/${PWD##*/}-0.1.0.jar" target/manifest -C target/classes .
      }
      """;

  private final Path folder;

  private Sandbox(Path folder) {
    this.folder = folder;
  }

  static Sandbox in(Path folder) throws Exception {
    DatasetFolder data = DatasetFolder.write(folder.resolve("streets"), 4, 2);
    Path photo = data.image("val", 0);
    Files.copy(photo, folder.resolve("photo.jpg")); // Kinds of images are known by their bytes.
    Files.createDirectories(folder.resolve("photos/more"));
    Files.copy(photo, folder.resolve("photos/first.png"));
    Files.copy(photo, folder.resolve("photos/more/second.png"));
    Files.createDirectory(folder.resolve("my-jars"));
    SampleJar.sound(folder.resolve("my-jars"), "mine");
    model(folder);
    return new Sandbox(folder);
  }

  private static void model(Path folder) {
    String run = folder.resolve("runs/first").toString();
    String data = folder.resolve("streets").toString();
    succeed("train", "--network", NETWORK, "--data", data, "--out", run, "--iterations", "2");
    String model = folder.resolve("runs/first/best.safetensors").toString();
    String checkpoint = folder.resolve("pspnet.pth").toString();
    succeed("export", model, "--format", "pytorch", "--out", checkpoint);
  }

  private static void succeed(String... command) {
    Run run = Run.inlay(command);
    assertThat(run.code()).as(run.err()).isZero();
  }

  void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  /** Runs commands one after another; the first that fails ends them. */
  void run(List<String> commands) throws IOException, InterruptedException {
    Path script = folder.resolve("commands.sh");
    Path said = folder.resolve("commands.log");
    Files.writeString(script, SHELL + String.join("\n", commands) + "\n");
    ProcessBuilder shell = new ProcessBuilder("bash", "-x", script.toString());
    shell.directory(folder.toFile());
    shell.redirectErrorStream(true).redirectOutput(said.toFile());
    shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
    shell
        .environment()
        .put(
            "INLAY_CLASS_PATH",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    Process process = shell.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("the commands end").isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
  }
}
