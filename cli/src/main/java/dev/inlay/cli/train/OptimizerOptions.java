package dev.inlay.cli.train;

import dev.inlay.Check;
import dev.inlay.spec.Techniques;
import dev.inlay.train.OptimizerChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose the optimizer; two of them are short ways to set those of sgd. */
final class OptimizerOptions {

  @Option(
      names = "--optimizer",
      paramLabel = "SPEC",
      description =
          "The optimizer, as in \"sgd(momentum=0.9, decay=0.0001)\"; default: "
              + OptimizerChoice.DEFAULT
              + ".")
  private @Nullable String optimizer;

  @Option(
      names = "--momentum",
      paramLabel = "M",
      description = "The momentum of the optimizer sgd, from 0 to 1; default: 0.9.")
  private @Nullable Double momentum;

  @Option(
      names = "--weight-decay",
      paramLabel = "D",
      description = "The weight decay of the optimizer sgd, 0 or more; default: 0.0005.")
  private @Nullable Double weightDecay;

  /** Checks the numbers, and that sgd's options are not given beside another optimizer. */
  void check() {
    Check.between("--momentum", momentum == null ? 0 : momentum, 0, 1);
    Check.notNegative("--weight-decay", weightDecay == null ? 0 : weightDecay);
    Check.that(
        optimizer == null || momentum == null && weightDecay == null,
        "--momentum and --weight-decay are options of sgd without --optimizer. Name them in"
            + " --optimizer, as in \"sgd(momentum=0.9, decay=0.0001)\".");
  }

  /** The chosen optimizer with its options. */
  OptimizerChoice choice(Techniques techniques) {
    List<String> given = new ArrayList<>();
    if (momentum != null) {
      given.add("momentum=" + momentum);
    }
    if (weightDecay != null) {
      given.add("decay=" + weightDecay);
    }
    String spec = optimizer == null ? OptimizerChoice.DEFAULT : optimizer;
    return OptimizerChoice.parse(
        given.isEmpty() ? spec : spec + "(" + String.join(", ", given) + ")", techniques);
  }
}
