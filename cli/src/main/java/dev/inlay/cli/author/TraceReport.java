package dev.inlay.cli.author;

import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.torch.ValueStatistics;
import dev.inlay.trace.Finding;
import dev.inlay.trace.FindingText;
import dev.inlay.trace.Trace;
import dev.inlay.trace.TracedOperation;
import dev.inlay.trace.TracedStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A trace as text.
 *
 * @param trace what ran
 * @param inside the stage whose operations are wanted; null for a line a stage
 * @param gradients whether it went backward, too
 */
record TraceReport(Trace trace, @Nullable TracedStage inside, boolean gradients) {

  private static final String NONE = "-";
  private static final double MEGA = 1e6;

  String text() {
    StringBuilder text = new StringBuilder(inside == null ? byStage() : byOperation(inside));
    text.append('\n').append(forward());
    if (gradients) {
      text.append(backward());
    }
    return text.toString();
  }

  private String byStage() {
    Table table = table(2);
    table.row(titles("stage", "output"));
    for (TracedStage stage : trace.stages()) {
      TracedOperation output = stage.output();
      String shape = output == null ? "not read here" : shape(output);
      table.row(
          cells(
              output,
              stage.milliseconds(),
              stage.backwardMilliseconds(),
              List.of(stage.name(), shape)));
    }
    return table.text("");
  }

  private String byOperation(TracedStage stage) {
    Table table = table(4);
    table.row(titles("operation", "line", "scope", "output"));
    for (TracedOperation each : stage.operations()) {
      table.row(
          cells(
              each,
              each.milliseconds(),
              each.backwardMilliseconds(),
              List.of(each.operator().name(), each.line(), each.scope(), shape(each))));
    }
    return stage.spec() + "\n\n" + table.text("");
  }

  private static Table table(int first) {
    Integer[] right = new Integer[14];
    Arrays.setAll(right, i -> first + i);
    return new Table(right);
  }

  private String[] titles(String... first) {
    List<String> titles = new ArrayList<>(List.of(first));
    titles.addAll(List.of("mean", "spread", "zeros", "NaN", "inf", "ms", "MB"));
    if (gradients) {
      titles.addAll(List.of("|", "gradient", "spread", "zeros", "NaN", "inf", "ms"));
    }
    return titles.toArray(String[]::new);
  }

  private String[] cells(
      @Nullable TracedOperation output, double forward, double backward, List<String> first) {
    List<String> cells = new ArrayList<>(first);
    cells.addAll(statistics(output == null ? null : output.values()));
    cells.add(time(forward));
    cells.add(output == null ? NONE : String.format(Locale.ROOT, "%.2f", output.bytes() / MEGA));
    if (gradients) {
      cells.add("|");
      cells.addAll(statistics(output == null ? null : output.gradient()));
      cells.add(time(backward));
    }
    return cells.toArray(String[]::new);
  }

  private static List<String> statistics(@Nullable ValueStatistics values) {
    return values == null
        ? List.of(NONE, NONE, NONE, NONE, NONE)
        : List.of(
            number(values.mean()),
            number(values.deviation()),
            NumberText.percent(values.zeroShare()),
            values.nans() == 0 ? "0" : NumberText.grouped(values.nans()),
            values.infinities() == 0 ? "0" : NumberText.grouped(values.infinities()));
  }

  private static String time(double milliseconds) {
    return String.format(Locale.ROOT, "%.2f", milliseconds);
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return NONE;
    }
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.3g", value);
  }

  private static String shape(TracedOperation operation) {
    return operation.shape().isEmpty()
        ? "1 number"
        : operation.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  private String forward() {
    if (trace.forward().isEmpty()) {
      return "No operation makes a NaN or an infinity of finite values.\n";
    }
    Finding finding = trace.forward().get();
    TracedOperation operation = finding.operation();
    Table read = new Table();
    finding
        .parts()
        .forEach(part -> read.row("reads " + part.name(), FindingText.range(part.values())));
    return "The first number that is not finite is made by %s:\n%s%s"
        .formatted(
            FindingText.place(operation),
            "  its result has %s\n".formatted(FindingText.range(operation.values())),
            read.text("  "));
  }

  private String backward() {
    StringBuilder text = new StringBuilder();
    if (trace.backward().isEmpty()) {
      text.append("All gradients are finite.\n");
    } else {
      Finding finding = trace.backward().get();
      TracedOperation operation = finding.operation();
      ValueStatistics gradient = operation.gradient();
      Table passed = new Table();
      if (gradient != null) {
        passed.row("the gradient of its result", FindingText.range(gradient));
      }
      passed.row("its result", FindingText.range(operation.values()));
      finding
          .parts()
          .forEach(
              part -> passed.row("passes on, to " + part.name(), FindingText.range(part.values())));
      text.append(
          "From the loss backwards, the first gradient that is not finite is made by %s:\n%s"
              .formatted(FindingText.place(operation), passed.text("  ")));
    }
    for (TracedStage stage : trace.stages()) {
      TracedOperation output = stage.output();
      if (output != null && !stage.spec().isEmpty()) {
        if (output.gradient() == null) {
          text.append("No gradient reaches the output of %s.\n".formatted(stage.name()));
        } else if (output.gradient().isZero()) {
          text.append(
              "The gradient of the output of %s is zero everywhere.\n".formatted(stage.name()));
        }
      }
    }
    return text.toString();
  }
}
