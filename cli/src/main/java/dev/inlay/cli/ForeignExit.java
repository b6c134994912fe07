package dev.inlay.cli;

import dev.inlay.cli.common.Failures;
import dev.inlay.cli.common.HarmlessWriter;
import dev.inlay.guard.Watch;
import java.io.PrintWriter;

/**
 * Names a plugin that ends the process with {@link System#exit}, and makes the exit code that of a
 * fault. Java runs nothing after {@link Runtime#halt}; classes of plugins that call it are not
 * loaded.
 */
final class ForeignExit extends Thread {

  private final PrintWriter err;
  private volatile boolean allowed;

  private ForeignExit(PrintWriter err) {
    super("inlay-exit");
    this.err = err;
  }

  /** Looks from now on who ends the process. */
  static ForeignExit watch(PrintWriter err) {
    ForeignExit hook = new ForeignExit(err);
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }

  /** From now on the process may end without a message. */
  void allow() {
    allowed = true;
  }

  @Override
  public void run() {
    if (!allowed) {
      Watch.exitCaller().ifPresent(this::name);
    }
  }

  private void name(String caller) {
    new Failures(HarmlessWriter.before(err), () -> false)
        .mistake(
            "Code of %s has ended the process with System.exit; Inlay did not finish. Remove the plugin, or report it to its author."
                .formatted(caller),
            new IllegalStateException());
    Runtime.getRuntime().halt(Failures.MISTAKE);
  }
}
