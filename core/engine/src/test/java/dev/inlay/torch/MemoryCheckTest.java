package dev.inlay.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.Dim;
import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.compile.Program;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.graph.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image is refused if its computation cannot fit into the free memory, which Linux tells. */
final class MemoryCheckTest {

  private static final long GIGA = 1_000_000_000;

  @TempDir private Path root;

  /** A check of a program that holds two values of 10 floats for each pixel. */
  private static MemoryCheck check(OptionalLong free) {
    Graph graph = new Graph();
    Tensor image =
        graph.input(
            "image",
            Tensor.Type.FLOAT,
            Dim.symbol("B"),
            Dim.of(10),
            Dim.symbol("H"),
            Dim.symbol("W"));
    Tensor output = image.sigmoid().exp();
    return new MemoryCheck(
        new Program(graph, List.of(output), ProgramOptions.INFERENCE), () -> free);
  }

  @Test
  void whatCannotFitIsRefusedAndTheOthersPass() {
    MemoryCheck check = check(OptionalLong.of(4 * GIGA));
    assertThatThrownBy(() -> check.require(10_000, 8_000))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "An image of 8000x10000 pixels needs at least 6.4 GB of memory in this network, but 4.0 GB"
                + " are free. Cut it into smaller ones, scale it down, or use a machine with more"
                + " memory.");
    assertThatCode(() -> check.require(5_000, 8_000)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check.require(10_000, 8_000)).isInstanceOf(InlayException.class);
  }

  @Test
  void whereFreeMemoryIsUnknownOrLittleIsNeededNothingIsRefused() {
    assertThatCode(() -> check(OptionalLong.empty()).require(60_000, 60_000))
        .doesNotThrowAnyException();
    assertThatCode(() -> check(OptionalLong.of(0)).require(700, 700)).doesNotThrowAnyException();
    assertThatCode(() -> check(OptionalLong.of(0)).require(1_000, 1_000))
        .doesNotThrowAnyException();
  }

  private void system(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private OptionalLong free() {
    return new FreeMemory(root).bytes();
  }

  @Test
  void availableMemoryAndSwapAreFree() throws IOException {
    assertThat(free()).isEmpty();
    system("proc/meminfo", "MemTotal:  9000 kB\nMemFree: 10 kB\nMemAvailable:  5000 kB\n");
    assertThat(free()).hasValue(5000 * 1024);
    system("proc/meminfo", "MemAvailable:  5000 kB\nSwapTotal: 99 kB\nSwapFree:   70 kB\n");
    assertThat(free()).hasValue(5070 * 1024);
  }

  @Test
  void limitsOfControlGroupsCount() throws IOException {
    system("proc/meminfo", "MemAvailable:  5000 kB\n");
    system("proc/self/status", "Name: java\nVmRSS:\t 1000 kB\n");
    system("proc/self/cgroup", "0::/outer/inner\n");
    system("sys/fs/cgroup/outer/inner/memory.max", "max\n");
    assertThat(free()).hasValue(5000 * 1024);
    system("sys/fs/cgroup/outer/memory.max", "%d\n".formatted(3000 * 1024));
    assertThat(free()).hasValue(2000 * 1024);
    system("sys/fs/cgroup/outer/inner/memory.max", "%d\n".formatted(2500 * 1024));
    assertThat(free()).hasValue(1500 * 1024);
  }

  @Test
  void limitsOfTheFirstKindOfGroupsCount() throws IOException {
    system("proc/meminfo", "MemAvailable:  5000 kB\n");
    system("proc/self/status", "VmRSS:\t 1000 kB\n");
    system("proc/self/cgroup", "5:cpu:/a\n4:memory:/a\n0::/\n");
    system("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "%d".formatted(4000 * 1024));
    assertThat(free()).hasValue(3000 * 1024);
  }

  @Test
  void thisMachineTells() {
    if (Files.exists(Path.of("/proc/meminfo"))) {
      assertThat(FreeMemory.ofThisMachine().bytes()).isPresent();
    }
  }
}
