package dev.inlay.cli.weights;

import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.weights.NameComparison;
import dev.inlay.weights.TensorDifference;
import dev.inlay.weights.WeightsDiff;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reports how two files of weights differ, as text or as JSON.
 *
 * @param a what the first file is called
 * @param b what the second file is called
 */
record DiffReport(String a, String b, WeightsDiff diff) {

  /** The longest list that people are shown. */
  private static final int MOST = 20;

  /** A common tensor, for JSON; without differences where the shapes differ. */
  private record Row(
      String name,
      boolean equal,
      String typeA,
      String typeB,
      List<Long> shapeA,
      List<Long> shapeB,
      @Nullable Long differing,
      @Nullable Double absolute,
      @Nullable Double relative) {}

  /** All, for JSON; a difference that is not finite is null. */
  private record All(
      String a,
      String b,
      boolean equal,
      @Nullable Double tolerance,
      List<String> onlyA,
      List<String> onlyB,
      List<Row> common,
      @Nullable String prefix,
      List<String> otherTexts) {}

  String json() {
    List<Row> rows = diff.names().common().keySet().stream().map(this::row).toList();
    return Json.pretty(
        new All(
            a,
            b,
            diff.equal(),
            diff.tolerance(),
            diff.names().onlyA(),
            diff.names().onlyB(),
            rows,
            diff.names().prefix(),
            diff.texts()));
  }

  private Row row(String name) {
    NameComparison.Pair pair = diff.pair(name);
    TensorDifference difference = diff.differences().get(name);
    return new Row(
        name,
        diff.equal(name),
        pair.a().type().name(),
        pair.b().type().name(),
        pair.a().shape(),
        pair.b().shape(),
        difference == null ? null : difference.differing(),
        difference == null ? null : TensorText.finite(difference.absolute()),
        difference == null ? null : TensorText.finite(difference.relative()));
  }

  void print(PrintWriter out) {
    out.println("A  " + a + "\nB  " + b + "\n");
    list(out, "only in A", diff.names().onlyA());
    list(out, "only in B", diff.names().onlyB());
    list(out, "other shapes", diff.names().common(), pair -> !pair.sameShape());
    list(out, "other types", diff.names().common(), pair -> !pair.sameType());
    numbers(out);
    if (!diff.texts().isEmpty()) {
      out.println("Texts that differ, which does not count: " + words(diff.texts()) + ".");
    }
    @Nullable String prefix = diff.names().prefix();
    if (prefix != null) {
      String shown = TerminalText.printable(prefix);
      out.println("Names differ by '" + shown + "' before them: try --strip " + shown);
    }
    out.println(verdict());
  }

  private String verdict() {
    Set<String> common = diff.names().common().keySet();
    long good = common.stream().filter(diff::equal).count();
    @Nullable Double tolerance = diff.tolerance();
    String within = tolerance == null ? "equal" : "within " + tolerance;
    return (diff.equal() ? "Equal: " : "NOT equal: ")
        + NumberText.grouped(good)
        + " of "
        + NumberText.grouped(common.size())
        + " common tensors are "
        + within
        + (diff.names().onlyA().isEmpty() && diff.names().onlyB().isEmpty()
            ? "."
            : "; %s are only in A, %s only in B."
                .formatted(
                    NumberText.grouped(diff.names().onlyA().size()),
                    NumberText.grouped(diff.names().onlyB().size())));
  }

  private static void list(PrintWriter out, String title, List<String> all) {
    Table table = new Table();
    all.stream().limit(MOST).forEach(name -> table.row(TerminalText.printable(name)));
    print(out, title, all.size(), table);
  }

  private static void list(
      PrintWriter out,
      String title,
      Map<String, NameComparison.Pair> common,
      Predicate<NameComparison.Pair> other) {
    Table table = new Table();
    List<String> all = new ArrayList<>();
    common.forEach(
        (name, pair) -> {
          if (other.test(pair)) {
            all.add(name);
            if (all.size() <= MOST) {
              table.row(
                  TerminalText.printable(name),
                  pair.a().type() + " " + TensorText.shape(pair.a().shape()) + " in A,",
                  pair.b().type() + " " + TensorText.shape(pair.b().shape()) + " in B");
            }
          }
        });
    print(out, title, all.size(), table);
  }

  /** The tensors whose numbers differ, those that differ most first. */
  private void numbers(PrintWriter out) {
    @Nullable Double tolerance = diff.tolerance();
    List<Map.Entry<String, TensorDifference>> all =
        diff.differences().entrySet().stream()
            .filter(each -> each.getValue().differing() > 0)
            .sorted(
                Comparator.comparingDouble(
                    (Map.Entry<String, TensorDifference> each) -> -each.getValue().relative()))
            .toList();
    Table table = new Table(2, 3, 4);
    table.row("", "shape", "differing", "largest", "relative");
    all.stream()
        .limit(MOST)
        .forEach(
            each -> {
              TensorDifference difference = each.getValue();
              boolean within = tolerance != null && difference.relative() <= tolerance;
              table.row(
                  TerminalText.printable(each.getKey()),
                  TensorText.shape(diff.pair(each.getKey()).a().shape()),
                  NumberText.grouped(difference.differing()),
                  scientific(difference.absolute()),
                  scientific(difference.relative()),
                  within || tolerance == null ? "" : "too large");
            });
    print(out, "other numbers", all.size(), table);
  }

  private static void print(PrintWriter out, String title, int count, Table table) {
    if (count == 0) {
      return;
    }
    out.println(title + " (" + NumberText.grouped(count) + ")");
    out.print(table.text("  "));
    if (count > MOST) {
      out.println("  and " + NumberText.grouped(count - MOST) + " more; --json lists all");
    }
    out.println();
  }

  private static String scientific(double value) {
    return Double.isInfinite(value) ? "infinite" : String.format(Locale.ROOT, "%.1e", value);
  }

  private static String words(List<String> keys) {
    return TerminalText.printable(String.join(", ", keys.subList(0, Math.min(MOST, keys.size()))));
  }
}
