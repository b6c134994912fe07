package dev.inlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.guard.Core;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands have in common: help, shared options, and errors in how they are called. */
final class FrameTest {

  private static void isRefused(Run run, String message) {
    assertThat(run.err()).isEqualTo(message + System.lineSeparator());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void withoutACommandTheHelpNamesAllCommands() {
    Run run = Run.inlay();

    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Examples:", "  list ", "  describe ", "  summary ");
    assertThat(run.out()).contains("  plugins ", "  bench ", "--plugins=DIR", "--help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list",
        "describe",
        "summary",
        "verify",
        "plugins",
        "check",
        "demo",
        "dataset",
        "prepare",
        "schedule",
        "train",
        "evaluate",
        "predict",
        "import",
        "export",
        "bench",
        "weights"
      })
  void everyCommandHasHelpWithExamplesAndTheSharedOptions(String command) {
    Run run = Run.inlay(command, "--help");

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("Usage: inlay " + command + " ");
    assertThat(run.out()).contains("Examples:\n  inlay " + command);
    assertThat(run.out()).contains("--plugins=DIR", "--device=NAME", "--threads=N", "--debug");
    assertThat(run.out().lines().dropWhile(line -> !line.equals("Examples:")).skip(1))
        .as("no example is broken into two lines")
        .isNotEmpty()
        .allMatch(line -> line.startsWith("  "));
    assertThat(run.out()).as("no colours in a file").doesNotContain("\u001b");
  }

  @Test
  void helpOfACommandIsThereUnderHelpToo() {
    assertThat(Run.inlay("help", "list").out()).isEqualTo(Run.inlay("list", "--help").out());
  }

  @Test
  void versionIsThatOfCore() {
    assertThat(Run.inlay("--version").out()).isEqualToIgnoringNewLines("inlay " + Core.VERSION);
  }

  @Test
  void unknownCommandIsRefusedWithTheNearest() {
    isRefused(
        Run.inlay("lst"),
        "inlay: There is no command 'lst'. Did you mean 'list'? Commands: list, describe, summary,"
            + " verify, plugins, new, check, trace, doctor, demo, dataset, prepare, plan, config, schedule, train, sweep,"
            + " evaluate, predict, import, export, bench, weights, help. See inlay --help.");
  }

  @Test
  void unknownOptionIsRefusedWithTheNearest() {
    isRefused(
        Run.inlay("list", "--jsn=x"),
        "inlay: list has no option '--jsn'. Did you mean '--json'? See inlay list --help.");
  }

  @Test
  void missingArgumentIsNamed() {
    isRefused(Run.inlay("summary"), "inlay: summary needs SPEC. See inlay summary --help.");
    isRefused(
        Run.inlay("list", "--plugins"),
        "inlay: --plugins needs DIR after it. See inlay list --help.");
  }

  @Test
  void specWithoutQuotesIsRecognised() {
    isRefused(
        Run.inlay("summary", "resnet18", "fcn"),
        "inlay: summary has no use for 'fcn'. A spec is one argument: put it between quotes."
            + " See inlay summary --help.");
    isRefused(Run.inlay("list", "all"), "inlay: list has no use for 'all'. See inlay list --help.");
  }

  @Test
  void wordInsteadOfANumberIsRefused() {
    isRefused(
        Run.inlay("summary", "fcn_r18-d8", "--classes", "many"),
        "inlay: --classes is 'many'; it must be a whole number. See inlay summary --help.");
  }

  @Test
  void threadsMustBePositive() {
    isRefused(Run.inlay("list", "--threads", "0"), "inlay: --threads is 0; it must be 1 or more.");
  }

  @Test
  void sharedOptionsStandBeforeOrBehindTheCommand() {
    String message =
        "inlay: The plugin folder no-such-folder does not exist; name a folder with plugin jars.";
    isRefused(Run.inlay("--plugins", "no-such-folder", "list"), message);
    isRefused(Run.inlay("list", "--plugins", "no-such-folder"), message);
    isRefused(Run.inlay(Map.of("INLAY_PLUGINS", "no-such-folder"), "list"), message);
  }

  @Test
  void stackTraceIsShownOnRequestOnly() {
    String[] mistake = {"describe", "nothing-of-that-name"};

    assertThat(Run.inlay(mistake).err().lines()).hasSize(1);
    assertThat(Run.inlay(Map.of("INLAY_DEBUG", "0"), mistake).err().lines()).hasSize(1);
    assertThat(Run.inlay(Map.of("INLAY_DEBUG", "1"), mistake).err())
        .contains("\tat dev.inlay.cli.look.DescribeCommand");
    assertThat(Run.inlay("describe", "nothing-of-that-name", "--debug").err())
        .contains("\tat dev.inlay.cli.look.DescribeCommand");
  }

  @Test
  void argumentThatBeginsWithAtIsNoFile() {
    assertThat(Run.inlay("describe", "@nothing").err()).contains("is named '@nothing'.");
  }
}
