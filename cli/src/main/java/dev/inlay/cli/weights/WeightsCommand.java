package dev.inlay.cli.weights;

import dev.inlay.cli.common.Workbench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code inlay weights}: shows and compares files of weights. */
@Command(
    name = "weights",
    description = "Looks into files of weights: what one holds, how two differ.",
    footer = {
      "",
      "Examples:",
      "  inlay weights show runs/first/best.safetensors",
      "  inlay weights diff runs/first/best.safetensors runs/second/best.safetensors",
    })
public final class WeightsCommand {

  private WeightsCommand() {}

  /** The command with its subcommands. */
  public static CommandLine line(Workbench bench) {
    return new CommandLine(new WeightsCommand())
        .addSubcommand(new WeightsShowCommand(bench))
        .addSubcommand(new WeightsDiffCommand(bench));
  }
}
