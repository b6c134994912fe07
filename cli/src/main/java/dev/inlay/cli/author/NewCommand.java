package dev.inlay.cli.author;

import dev.inlay.cli.common.Workbench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code inlay new}: makes projects. */
@Command(
    name = "new",
    description = "Makes the project of a new plugin.",
    footer = {
      "",
      "Examples:",
      "  inlay new plugin squeeze-excite --kind context",
      "  inlay new plugin --help",
    })
public final class NewCommand {

  private NewCommand() {}

  /** The command with its subcommands. */
  public static CommandLine line(Workbench bench) {
    return new CommandLine(new NewCommand()).addSubcommand(new NewPluginCommand(bench));
  }
}
