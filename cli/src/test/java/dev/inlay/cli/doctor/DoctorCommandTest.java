package dev.inlay.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.inlay.cli.Run;
import dev.inlay.torch.EngineReport;
import dev.inlay.torch.EngineReport.Convolutions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inlay doctor}. */
final class DoctorCommandTest {

  private static final String DRIVER =
      "NVRM version: NVIDIA UNIX x86_64 Kernel Module  %s  Thu Nov 2 00:00:00 UTC 2023\n";

  @TempDir private Path folder;

  @Test
  void examinesEveryPart() {
    Run run = Run.inlay("doctor");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(
            "Java\n", "Processor\n", "Engine\n", "GPU\n", "Folders\n", "Plugins\n", "Network\n")
        .containsPattern("PyTorch +\\d+\\.\\d+\\.\\d+ for cpu")
        .contains("convolutions", "threads", "OMP_WAIT_POLICY");
  }

  @Test
  void jsonHasAllFactsAndNoPassword() {
    Map<String, String> environment = Map.of("https_proxy", "http://user:hidden@proxy.example:80");
    Run run = Run.inlay(environment, "doctor", "--json");

    JsonObject report = JsonParser.parseString(run.out()).getAsJsonObject();
    List<String> about = new ArrayList<>();
    for (JsonElement fact : report.getAsJsonArray("facts")) {
      about.add(fact.getAsJsonObject().get("about").getAsString());
    }
    assertThat(report.get("works").getAsBoolean()).isTrue();
    assertThat(about)
        .contains("java", "processor", "engine", "gpu", "folders", "plugins", "network");
    assertThat(run.out()).contains("***@proxy.example").doesNotContain("hidden");
  }

  @Test
  void refusedPluginsAndMissingFoldersAreNamed() throws Exception {
    Files.writeString(folder.resolve("broken.jar"), "no jar");
    assertThat(Run.inlay("doctor", "--plugins", folder.toString()).out())
        .contains("! refused", "broken.jar");

    Run missing = Run.inlay("doctor", "--plugins", folder.resolve("none").toString());
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.out()).contains("X found", "does not exist");
  }

  @Test
  void wrongConvolutionsNameCauseAndCure() {
    assertThat(engine(Convolutions.SWITCHED_OFF, 2, "cpu"))
        .anySatisfy(fact -> assertNote(fact, Fact.State.NOTE, "ONEDNN_MAX_CPU_ISA=SSE41"));
    assertThat(engine(Convolutions.WRONG, 2, "cpu"))
        .anySatisfy(fact -> assertNote(fact, Fact.State.WRONG, "ONEDNN_MAX_CPU_ISA=SSE41"));
  }

  @Test
  void moreThreadsThanProcessorsAreANote() {
    assertThat(engine(Convolutions.EXACT, 1000, "cpu"))
        .anySatisfy(fact -> assertNote(fact, Fact.State.NOTE, "--threads"));
  }

  @Test
  void aGpuThatTheEngineIsNotBuiltForNamesTheBuildAndTheVariables() {
    assertThat(
            GpuFacts.of(report(Convolutions.EXACT, 2, "cpu"), Map.of(), DRIVER.formatted("570.10")))
        .singleElement()
        .satisfies(
            fact ->
                assertNote(fact, Fact.State.NOTE, "pytorch-native-cu128", "PYTORCH_LIBRARY_PATH"));
  }

  @Test
  void anOldDriverAndAHiddenGpuAreNamed() {
    EngineReport engine = report(Convolutions.EXACT, 2, "cu128");
    assertThat(GpuFacts.of(engine, Map.of(), DRIVER.formatted("470.57.02")))
        .singleElement()
        .satisfies(fact -> assertNote(fact, Fact.State.WRONG, "525 or newer"));
    assertThat(
            GpuFacts.of(engine, Map.of("CUDA_VISIBLE_DEVICES", "-1"), DRIVER.formatted("570.10")))
        .singleElement()
        .satisfies(fact -> assertNote(fact, Fact.State.WRONG, "CUDA_VISIBLE_DEVICES (-1)"));
    assertThat(GpuFacts.of(engine, Map.of(), ""))
        .singleElement()
        .satisfies(fact -> assertNote(fact, Fact.State.NOTE, "docker run --gpus all"));
  }

  @Test
  void aProcessorWithoutFastInstructionsIsANote() {
    assertThat(ProcessorFacts.of("model name\t: QEMU\nflags\t\t: fpu sse4_1 hypervisor\n"))
        .anySatisfy(fact -> assertThat(fact.value()).startsWith("QEMU").contains("virtual machine"))
        .anySatisfy(fact -> assertNote(fact, Fact.State.NOTE, "hypervisor"));
    assertThat(ProcessorFacts.of("model name\t: Fast\nflags\t\t: sse4_1 avx2 avx512f\n"))
        .anySatisfy(fact -> assertThat(fact.value()).isEqualTo("SSE4.1, AVX2, AVX-512"))
        .noneMatch(fact -> fact.state() != Fact.State.OK);
  }

  private static void assertNote(Fact fact, Fact.State state, String... advice) {
    assertThat(fact.state()).isEqualTo(state);
    assertThat(fact.advice()).contains(advice);
  }

  private static List<Fact> engine(Convolutions convolutions, int threads, String flavor) {
    return EngineFacts.of(report(convolutions, threads, flavor), Map.of());
  }

  private static EngineReport report(Convolutions convolutions, int threads, String flavor) {
    return new EngineReport("2.7.1", flavor, "lib", threads, convolutions, List.of());
  }
}
