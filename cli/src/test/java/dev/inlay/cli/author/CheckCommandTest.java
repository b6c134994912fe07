package dev.inlay.cli.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.Run;
import dev.inlay.cli.SampleJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars as authors make them, checked in a process of their own. */
final class CheckCommandTest {

  private static final String SOURCE =
      """
      package sample.gate;

      import dev.inlay.*;

      @Named(value = "gate", says = "Weighs channels by their means.")
      @Cites(title = "On Gates", authors = "Nobody", venue = "Nowhere 1999",
          url = "https://example.org")
      public final class Sample implements ContextModule<Sample.Options> {
        public record Options(
            @Option(value = "channels in between", is = "8", least = 1) int channels) {}

        public Features build(Options options, Features input, Scope scope) {
          Tensor x = input.last();
          Tensor mean = x.mean(2, 3);
          Tensor hidden = scope.convBias("down", mean, options.channels(), 1).tanh();
          Tensor gate = scope.convBias("up", hidden, x.channels(), 1).sigmoid();
          %s
          return input.withLast(x.times(gate));
        }
      }
      """;

  @TempDir private Path folder;

  private Path jar(String line) throws Exception {
    return SampleJar.of(
        folder,
        "gate",
        "gate",
        SOURCE.formatted(line),
        Map.of("sample/gate/gate.yaml", "example: resnet50 | gate | fcn\n"));
  }

  @Test
  void aSoundJarPassesWithItsCosts() throws Exception {
    Run run = Run.inlay("check", jar("System.out.println(\"not for you\");").toString());

    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .startsWith(
            "gate.jar  (gate 1.2.3)\n  needs Inlay *; plugins: none\n\ngate, context module")
        .contains("gradients", "random-networks", "without it", "its own")
        .doesNotContain("not for you", "FAILED")
        .endsWith("Passed: 23 rules for gate.\n");
    assertThat(run.err()).contains("check 0/23");
  }

  @Test
  void aBrokenRuleIsNamedWithTheAuthorsLine() throws Exception {
    Path jar =
        jar("gate = gate.raw(\"torch.slice($0, 1, 0, 1, 1)\", Tensor.Type.FLOAT, gate.shape());");
    Run run = Run.inlay("check", jar.toString(), "--only", "shapes", "--only", "portable");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out())
        .contains("FAILED  shapes at Sample.java:17", "To do: Declare what the expression makes")
        .contains("remark  portable", "raw is called at [Sample.java:17]")
        .endsWith("Failed: 1 of 2 rules for gate.\n");
  }

  @Test
  void aFaultThatFailsManyRulesIsToldOnce() throws Exception {
    Path jar = jar("if (gate.rank() == 4) { throw new IllegalStateException(\"not today\"); }");
    Run run = Run.inlay("check", jar.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).containsOnlyOnce("not today").contains("The same fails ", "gradients");
  }

  @Test
  void aNameThatAnotherPluginHasIsAFailure() throws Exception {
    Path others = Files.createDirectory(folder.resolve("others"));
    Path jar = jar("");
    SampleJar.of(
        others,
        "other",
        "gate",
        SOURCE.formatted(""),
        Map.of("sample/gate/gate.yaml", "example: resnet50 | gate | fcn\n"));
    Run run =
        Run.inlay("check", jar.toString(), "--only", "summary", "--plugins", others.toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains(
            "The name 'gate' is that of the technique of other.jar", "another name in @Named");
  }

  @Test
  void codeThatDoesNotEndIsNamedWithItsLine() throws Exception {
    Path jar = jar("while (gate.rank() == 4) { mean.rank(); }");
    Run run = Run.inlay("check", jar.toString(), "--time-limit", "5s");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("did not end within 5 seconds, during 'samples' of gate, at sample.gate.Sample")
        .contains("build(Sample.java:17)");
  }

  @Test
  void codeThatEndsTheProcessIsNamed() throws Exception {
    Run run = Run.inlay("check", jar("System.exit(0);").toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out().replaceAll("\\s+", " "))
        .contains("gate.jar at sample.gate.Sample.build(Sample.java:17) has ended the process");
  }

  @Test
  void aJarThatTheLoaderRefusesIsTheVerdict() throws Exception {
    Path jar = folder.resolve("empty.jar");
    Files.writeString(jar, "no jar at all");
    Run run = Run.inlay("check", jar.toString(), "--json");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out())
        .contains("\"verdict\": \"failed\"", "empty.jar: cannot be opened as a jar");
  }

  @Test
  void wrongOptionsAreRefused() {
    assertThat(Run.inlay("check", "none.jar").err())
        .contains("none.jar does not exist; name a plugin jar.");
    assertThat(Run.inlay("check", "none.jar", "--time-limit", "soon").err())
        .contains("--time-limit is 'soon'; it must be seconds or minutes, as 90s or 2m.");
    assertThat(Run.inlay("check", "none.jar", "--skip", "everything").err())
        .contains("--skip is everything; it must be one of [found, summary,");
  }
}
