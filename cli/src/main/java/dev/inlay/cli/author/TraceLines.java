package dev.inlay.cli.author;

import dev.inlay.torch.ValueStatistics;
import dev.inlay.trace.Finding;
import dev.inlay.trace.Trace;
import dev.inlay.trace.TracedOperation;
import dev.inlay.trace.TracedStage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trace for JSON, which has no NaN: a mean of no finite values is null.
 *
 * @param stages with their operations
 * @param firstNotFinite the operation that makes the first NaN or infinity; null if none does
 * @param firstGradientNotFinite the same of gradients, from the loss backwards
 */
record TraceLines(
    List<Stage> stages, @Nullable Found firstNotFinite, @Nullable Found firstGradientNotFinite) {

  /** A stage; its time is the sum of its operations'. */
  record Stage(
      String name,
      String spec,
      double ms,
      double backwardMs,
      @Nullable Operation output,
      List<Operation> operations) {}

  /** An operation. */
  record Operation(
      String operator,
      String line,
      String scope,
      List<Long> shape,
      double ms,
      double backwardMs,
      long bytes,
      Values values,
      @Nullable Values gradient) {}

  /** Statistics of finite values, and counts. */
  record Values(
      @Nullable Double mean,
      @Nullable Double spread,
      @Nullable Double least,
      @Nullable Double largest,
      double zeroShare,
      long nans,
      long infinities) {}

  /** The first operation that makes what is not finite. */
  record Found(String stage, Operation operation, List<Part> parts) {}

  /** What it reads, or a gradient that it passes on. */
  record Part(String name, Values values) {}

  static TraceLines of(Trace trace) {
    return new TraceLines(
        trace.stages().stream().map(TraceLines::stage).toList(),
        trace.forward().map(TraceLines::found).orElse(null),
        trace.backward().map(TraceLines::found).orElse(null));
  }

  private static Stage stage(TracedStage stage) {
    TracedOperation output = stage.output();
    return new Stage(
        stage.name(),
        stage.spec(),
        rounded(stage.milliseconds()),
        rounded(stage.backwardMilliseconds()),
        output == null ? null : operation(output),
        stage.operations().stream().map(TraceLines::operation).toList());
  }

  private static Operation operation(TracedOperation operation) {
    ValueStatistics gradient = operation.gradient();
    return new Operation(
        operation.operator().name(),
        operation.line(),
        operation.scope(),
        operation.shape(),
        rounded(operation.milliseconds()),
        rounded(operation.backwardMilliseconds()),
        operation.bytes(),
        values(operation.values()),
        gradient == null ? null : values(gradient));
  }

  private static Values values(ValueStatistics values) {
    return new Values(
        finite(values.mean()),
        finite(values.deviation()),
        finite(values.least()),
        finite(values.largest()),
        values.zeroShare(),
        values.nans(),
        values.infinities());
  }

  private static Found found(Finding finding) {
    return new Found(
        finding.operation().stage(),
        operation(finding.operation()),
        finding.parts().stream()
            .map(part -> new Part(part.name(), values(part.values())))
            .toList());
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private static double rounded(double milliseconds) {
    return Math.round(milliseconds * 1000) / 1000.0;
  }
}
