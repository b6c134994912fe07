package dev.inlay.cli.common;

import dev.inlay.Check;
import dev.inlay.compile.ProgramOptions;
import picocli.CommandLine.Option;

/** The options {@code --precision} and {@code --layout} of commands that run networks. */
public final class ProgramChoice {

  @Option(
      names = "--precision",
      paramLabel = "P",
      description =
          "fp32, or bf16 for convolutions and products in bfloat16; default: ${DEFAULT-VALUE}.")
  private String precision = "fp32";

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description = "Order in memory: channels-first or channels-last; default: ${DEFAULT-VALUE}.")
  private String layout = "channels-first";

  /** The options of a program for inference or training, without folding. */
  public ProgramOptions options(boolean training) {
    return options(training, false);
  }

  public String precision() {
    return precision;
  }

  public String layout() {
    return layout;
  }

  /** The options of a program, with batch normalisation folded if {@code fold} is set. */
  public ProgramOptions options(boolean training, boolean fold) {
    Check.oneOf("--precision", precision, "fp32", "bf16");
    Check.oneOf("--layout", layout, "channels-first", "channels-last");
    ProgramOptions options = training ? ProgramOptions.TRAINING : ProgramOptions.INFERENCE;
    options = fold ? options.folded() : options;
    options = precision.equals("bf16") ? options.inBfloat16() : options;
    return layout.equals("channels-last") ? options.channelsLast() : options;
  }
}
