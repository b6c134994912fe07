package dev.inlay.cli.common;

import static picocli.CommandLine.ScopeType.INHERIT;

import dev.inlay.Check;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has; they may stand before or after the command's name. */
public final class CommonOptions {

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      scope = INHERIT,
      order = 100,
      description =
          "A folder with plugin jars; may be repeated; default: Inlay's own. Folders in the"
              + " variable INLAY_PLUGINS are added.")
  private List<Path> plugins = List.of();

  @Option(
      names = "--locked",
      scope = INHERIT,
      order = 100,
      description =
          "Uses only the jars that their folder's plugins.sha256 lists, with these sums; 'inlay plugins lock' writes it.")
  private boolean locked;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      scope = INHERIT,
      order = 101,
      description =
          "auto, cpu, gpu0, gpu1, ...; auto takes a GPU if there is one; default: ${DEFAULT-VALUE}.")
  private String device = "auto";

  @Option(
      names = "--threads",
      paramLabel = "N",
      scope = INHERIT,
      order = 102,
      description = "Threads of the engine, 1 or more; default: the engine chooses.")
  private @Nullable Integer threads;

  @Option(
      names = "--debug",
      scope = INHERIT,
      order = 103,
      description = "Prints the stack trace of an error, as INLAY_DEBUG=1 does.")
  private boolean debug;

  /** The folders given with {@code --plugins}; empty means Inlay's own folder. */
  List<Path> plugins() {
    return plugins;
  }

  /** Whether only listed jars may be used. */
  boolean locked() {
    return locked;
  }

  /** The name of the device as given, unchecked. */
  public String device() {
    return device;
  }

  /** The number of threads given with {@code --threads}; null lets the engine choose. */
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

  /** Sets the number of threads for the engine; must be called before the engine starts. */
  public void settle() {
    if (threads != null) {
      Check.atLeast("--threads", threads, 1);
      System.setProperty("ai.djl.pytorch.num_threads", threads.toString());
    }
  }
}
