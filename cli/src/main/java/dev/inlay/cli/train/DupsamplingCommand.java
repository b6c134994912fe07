package dev.inlay.cli.train;

import dev.inlay.cli.common.Workbench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code inlay dupsampling}: what the decoder of that name needs before it is trained. */
@Command(
    name = "dupsampling",
    description = "Prepares the decoder dupsampling, whose weights come from the labels.",
    footer = {
      "",
      "Examples:",
      "  inlay dupsampling fit --data camvid --ratio 8 --channels 64 --out w.safetensors",
    })
public final class DupsamplingCommand {

  private DupsamplingCommand() {}

  /** The command with the one below it. */
  public static CommandLine line(Workbench bench) {
    return new CommandLine(new DupsamplingCommand())
        .addSubcommand(new DupsamplingFitCommand(bench));
  }
}
