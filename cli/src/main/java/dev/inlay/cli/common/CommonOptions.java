package dev.inlay.cli.common;

import static picocli.CommandLine.ScopeType.INHERIT;

import dev.inlay.Check;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has; they may stand before or behind the command's name. */
public final class CommonOptions {

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      scope = INHERIT,
      order = 100,
      description =
          "A folder with plugin jars, instead of Inlay's own; may be repeated. Folders in the"
              + " variable INLAY_PLUGINS come on top.")
  private List<Path> plugins = List.of();

  @Option(
      names = "--device",
      paramLabel = "NAME",
      scope = INHERIT,
      order = 101,
      description = "auto, cpu, gpu0, gpu1, ...; auto takes a GPU if there is one.")
  private String device = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      scope = INHERIT,
      order = 102,
      description = "How many threads the engine computes with.")
  private @Nullable Integer threads;

  @Option(
      names = "--debug",
      scope = INHERIT,
      order = 103,
      description = "Shows where in the program an error arose, as INLAY_DEBUG=1 does.")
  private boolean debug;

  /** The folders that were named; empty if the standard one is meant. */
  List<Path> plugins() {
    return plugins;
  }

  /** The name of the device, not yet looked for. */
  public String device() {
    return device;
  }

  /** How many threads were asked for; null if the engine may choose. */
  @Nullable Integer threads() {
    return threads;
  }

  /** Whether stack traces are wanted. */
  public boolean debug() {
    return debug;
  }

  /** Uses this many threads unless the user asked for a number. */
  public void threadsUnlessGiven(int count) {
    if (threads == null) {
      threads = count;
      settle();
    }
  }

  /** Hands on what must be known before the engine starts. */
  public void settle() {
    if (threads != null) {
      Check.atLeast("--threads", threads, 1);
      System.setProperty("ai.djl.pytorch.num_threads", threads.toString());
    }
  }
}
