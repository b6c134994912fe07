package dev.inlay.cli.common;

import dev.inlay.Check;
import dev.inlay.compile.ProgramOptions;
import picocli.CommandLine.Option;

/** How the engine is to compute, for commands that run networks. */
public final class ProgramChoice {

  @Option(
      names = "--precision",
      paramLabel = "P",
      description =
          "fp32, or bf16: convolutions and products in bfloat16; ${DEFAULT-VALUE} without this.")
  private String precision = "fp32";

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description = "channels-first or channels-last; ${DEFAULT-VALUE} without this.")
  private String layout = "channels-first";

  /** The options of a program for inference or for training, which folds nothing. */
  public ProgramOptions options(boolean training) {
    return options(training, false);
  }

  public String precision() {
    return precision;
  }

  public String layout() {
    return layout;
  }

  /** The options of a program that may fold. */
  public ProgramOptions options(boolean training, boolean fold) {
    Check.oneOf("--precision", precision, "fp32", "bf16");
    Check.oneOf("--layout", layout, "channels-first", "channels-last");
    ProgramOptions options = training ? ProgramOptions.TRAINING : ProgramOptions.INFERENCE;
    options = fold ? options.folded() : options;
    options = precision.equals("bf16") ? options.inBfloat16() : options;
    return layout.equals("channels-last") ? options.channelsLast() : options;
  }
}
