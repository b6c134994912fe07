package dev.inlay.cli.train;

import dev.inlay.Check;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.graph.Parameter;
import dev.inlay.train.Freezing;
import dev.inlay.train.GroupSpec;
import dev.inlay.train.Groups;
import dev.inlay.train.ParameterNames;
import dev.inlay.train.Stepping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a step: which parameters learn how fast, clipping, accumulation, the average. */
final class StepOptions {

  private static final String FREEZE = "--freeze";
  private static final String FREEZE_NORM = "--freeze-norm";
  private static final String GROUP = "--group";
  private static final String NO_DECAY = "--no-decay";

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description =
          "Batches whose gradients are averaged for one update, as if the batch were N times as"
              + " large; batch normalisation sees each batch alone; default: ${DEFAULT-VALUE}.")
  private int accumulate = 1;

  @Option(
      names = "--clip-norm",
      paramLabel = "X",
      description =
          "Scales gradients down whose Euclidean norm, of all parameters together, is more than X;"
              + " default: no limit. The log has the norm of every step.")
  private @Nullable Double clipNorm;

  @Option(
      names = "--ema",
      paramLabel = "D",
      arity = "0..1",
      fallbackValue = "0.9998",
      description =
          "Scores and saves the exponential moving average of the weights with the decay D, less at"
              + " first; --ema alone: 0.9998; default: no average.")
  private @Nullable Double ema;

  @Option(
      names = FREEZE,
      paramLabel = "WHAT",
      description =
          "Keeps parameters and running statistics as they are: backbone, the name of a stage, or a"
              + " regular expression for parameters' names, as in \"layer[12]\"; default: nothing.")
  private @Nullable String freeze;

  @Option(
      names = FREEZE_NORM,
      paramLabel = "WHAT",
      description =
          "As --freeze, but only batch normalisation, for training with small batches from imported"
              + " weights; default: nothing.")
  private @Nullable String freezeNorm;

  @Option(
      names = "--head-rate",
      paramLabel = "F",
      description =
          "Factor of the learning rate of all parameters outside the backbone, such as 10 with"
              + " imported weights; default: 1.")
  private @Nullable Double headRate;

  @Option(
      names = NO_DECAY,
      paramLabel = "WHAT",
      description =
          "Parameters without weight decay: norms, biases, or norms,biases; default: none.")
  private @Nullable String noDecay;

  @Option(
      names = GROUP,
      paramLabel = "GROUPS",
      description =
          "Factors of learning rate and weight decay for parameters, named as for --freeze, as in"
              + " \"layer4: rate=0.1; \\.bias$: decay=0\"; those of several groups are multiplied.")
  private @Nullable String group;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Stops after N scorings in a row without a higher mIoU; default: goes on to the end.")
  private @Nullable Integer patience;

  /** Checks the numbers under the names of their options. */
  void check() {
    Check.atLeast("--accumulate", accumulate, 1);
    Check.that(
        clipNorm == null || clipNorm > 0, "--clip-norm is %s; it must be more than 0.", clipNorm);
    Check.that(ema == null || ema > 0 && ema < 1, "--ema is %s; it must be between 0 and 1.", ema);
    Check.notNegative("--head-rate", headRate == null ? 1 : headRate);
    Check.atLeast("--patience", patience == null ? 1 : patience, 1);
  }

  /** The number of scorings without a higher mIoU that end the training. */
  Optional<Integer> patience() {
    return Optional.ofNullable(patience);
  }

  /**
   * What a step does.
   *
   * @throws dev.inlay.InlayException if nothing has a name that is frozen, or all is frozen
   */
  Stepping stepping(ParameterNames names) {
    return new Stepping(
        accumulate,
        clipNorm == null ? Double.POSITIVE_INFINITY : clipNorm,
        ema == null ? 0 : ema,
        Freezing.of(
            names, pattern(FREEZE, freeze, names), pattern(FREEZE_NORM, freezeNorm, names)));
  }

  private static Optional<Pattern> pattern(
      String option, @Nullable String what, ParameterNames names) {
    return Optional.ofNullable(what).map(text -> names.of(option, text));
  }

  /**
   * The groups of parameters.
   *
   * @throws dev.inlay.InlayException if a group is written wrongly or has no parameter
   */
  Groups groups(ParameterNames names) {
    List<Groups.Group> groups = new ArrayList<>();
    if (headRate != null) {
      groups.add(GroupSpec.head(headRate, names));
    }
    if (noDecay != null) {
      groups.add(GroupSpec.withoutDecay(NO_DECAY, noDecay, names));
    }
    if (group != null) {
      groups.addAll(GroupSpec.parse(GROUP, group, names));
    }
    return new Groups(groups);
  }

  /** Adds a line for each thing that is not the default. */
  void introduce(Table table, ParameterNames names, Stepping stepping, Groups groups, int batch) {
    if (accumulate > 1) {
      table.row("gradients", "%d batches of %d for one update".formatted(accumulate, batch));
    }
    if (clipNorm != null) {
      table.row("gradients", "clipped to the norm " + clipNorm);
    }
    if (stepping.averages()) {
      table.row("average", "of the weights, decay %s; it is scored and saved".formatted(ema));
    }
    int frozen = stepping.frozen().parameters().size();
    if (frozen > 0) {
      table.row("frozen", "%d of %d parameter tensors".formatted(frozen, names.trained().size()));
    }
    for (Groups.Group each : groups.groups()) {
      List<Parameter> belonging = names.trained().stream().filter(each.belongs()).toList();
      table.row(
          "group",
          "%s: rate x%s, decay x%s, %d tensors with %s numbers"
              .formatted(
                  each.says(),
                  each.rate(),
                  each.decay(),
                  belonging.size(),
                  NumberText.grouped(belonging.stream().mapToLong(Parameter::size).sum())));
    }
  }
}
