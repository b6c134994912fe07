package dev.inlay.cli.train;

import dev.inlay.cli.common.Workbench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code inlay config}: the settings of trainings. */
@Command(
    name = "config",
    description = "Shows the settings of a training, and the recipes that set them.",
    footer = {"", "Examples:", "  inlay config show", "  inlay config recipes"})
public final class ConfigCommand {

  private ConfigCommand() {}

  /** The command with its subcommands. */
  public static CommandLine line(Workbench bench) {
    CommandLine show = new CommandLine(new ConfigShowCommand(bench));
    // The options are those of inlay train, which the command itself reads.
    show.setUnmatchedOptionsArePositionalParams(true);
    return new CommandLine(new ConfigCommand())
        .addSubcommand(show)
        .addSubcommand(new ConfigRecipesCommand(bench));
  }
}
