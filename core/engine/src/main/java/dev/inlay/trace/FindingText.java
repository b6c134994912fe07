package dev.inlay.trace;

import dev.inlay.torch.ValueStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Findings of a trace in words. */
public final class FindingText {

  private FindingText() {}

  /** An operation with its stage, its author's line and its scope, as far as they are known. */
  public static String place(TracedOperation operation) {
    return "%s of %s%s%s"
        .formatted(
            operation.operator(),
            operation.stage(),
            operation.line().isEmpty() ? "" : " at " + operation.line(),
            operation.scope().isEmpty() ? "" : " (scope %s)".formatted(operation.scope()));
  }

  /** {@code finite, -1.2 to 3.4}, or how many numbers are not finite. */
  public static String range(ValueStatistics values) {
    List<String> parts = new ArrayList<>();
    if (values.nans() > 0) {
      parts.add("%s NaN".formatted(grouped(values.nans())));
    }
    if (values.infinities() > 0) {
      parts.add("%s infinite".formatted(grouped(values.infinities())));
    }
    boolean some = values.nans() + values.infinities() < values.count();
    String of =
        parts.isEmpty()
            ? "finite"
            : "%s of %s".formatted(String.join(" and ", parts), grouped(values.count()));
    return some
        ? "%s, %s%s to %s"
            .formatted(
                of,
                parts.isEmpty() ? "" : "else ",
                number(values.least()),
                number(values.largest()))
        : of;
  }

  /** The first operation, forward, whose result is not finite, with what it read. */
  public static String forward(Finding finding) {
    return "The first number that is not finite is made by %s: its result has %s%s."
        .formatted(
            place(finding.operation()),
            range(finding.operation().values()),
            parts("; it read ", finding));
  }

  /** The first operation, from the loss backwards, that passes on a gradient that is not finite. */
  public static String backward(Finding finding) {
    ValueStatistics gradient = finding.operation().gradient();
    return "The first gradient that is not finite is made by %s, whose result is %s%s%s."
        .formatted(
            place(finding.operation()),
            range(finding.operation().values()),
            gradient == null ? "" : "; the gradient of its result is " + range(gradient),
            parts("; it passed on, to ", finding));
  }

  private static String parts(String before, Finding finding) {
    return finding.parts().isEmpty()
        ? ""
        : finding.parts().stream()
            .map(part -> "%s (%s)".formatted(part.name(), range(part.values())))
            .collect(Collectors.joining(", ", before, ""));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String number(double value) {
    return value == 0 ? "0" : String.format(Locale.ROOT, "%.3g", value);
  }
}
