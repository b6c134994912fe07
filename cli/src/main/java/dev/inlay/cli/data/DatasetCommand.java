package dev.inlay.cli.data;

import dev.inlay.cli.common.Workbench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code inlay dataset}: looks at datasets and describes them. */
@Command(
    name = "dataset",
    description = "Looks at datasets: what is wrong with one, and which dataset.yaml reads it.",
    footer = {
      "",
      "Examples:",
      "  inlay dataset init VOCdevkit/VOC2012 --like voc",
      "  inlay dataset check camvid --out camvid-check",
    })
public final class DatasetCommand {

  private DatasetCommand() {}

  /** The command with its subcommands. */
  public static CommandLine line(Workbench bench) {
    return new CommandLine(new DatasetCommand())
        .addSubcommand(new DatasetInitCommand(bench))
        .addSubcommand(new DatasetCheckCommand(bench));
  }
}
