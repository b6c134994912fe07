package dev.inlay.cli.author;

import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.contract.Finding;
import dev.inlay.contract.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a check found, collected event by event; as text and for JSON. */
final class CheckReport {

  private static final String INDENT = "  ";
  private static final String DEEPER = "      ";

  /** One technique, for JSON. */
  static final class Checked {
    final String name;
    final String kind;
    final List<Finding> findings = new ArrayList<>();
    @Nullable TechniqueCost cost;

    Checked(String name, String kind) {
      this.name = name;
      this.kind = kind;
    }
  }

  final String jar;
  String verdict = "failed";
  @Nullable JarNeeds needs;
  final List<String> refusals = new ArrayList<>();
  final Map<String, Checked> techniques = new LinkedHashMap<>();

  CheckReport(String jar) {
    this.jar = jar;
  }

  void add(Event event) {
    switch (event.kind()) {
      case LOADED -> needs = event.needs();
      case REFUSED -> refusals.add(event.text());
      case TECHNIQUE ->
          techniques.put(event.technique(), new Checked(event.technique(), event.text()));
      case FOUND -> {
        Checked checked = techniques.get(event.technique());
        Finding finding = event.finding();
        if (checked != null && finding != null) {
          checked.findings.add(finding);
        }
      }
      case COST -> {
        Checked checked = techniques.get(event.technique());
        if (checked != null) {
          checked.cost = event.cost();
        }
      }
      default -> {}
    }
  }

  /** Adds how the process ended, where it was not as it should. */
  void ended(CheckRun.End end) {
    end.fault().ifPresent(refusals::add);
    verdict = refusals.isEmpty() && failed() == 0 && tried() > 0 ? "passed" : "failed";
  }

  boolean isPassed() {
    return verdict.equals("passed");
  }

  private long tried() {
    return findings().size();
  }

  private long failed() {
    return findings().stream().filter(Finding::isFailed).count();
  }

  private List<Finding> findings() {
    return techniques.values().stream().flatMap(each -> each.findings.stream()).toList();
  }

  void print(PrintWriter out) {
    JarNeeds says = needs;
    out.println(jar + (says == null ? "" : "  (%s %s)".formatted(says.id(), says.version())));
    if (says != null) {
      out.println(
          INDENT
              + "needs Inlay %s; plugins: %s"
                  .formatted(
                      says.inlay(),
                      says.plugins().isEmpty() ? "none" : String.join(", ", says.plugins())));
    }
    techniques.values().forEach(each -> print(each, out));
    refusals.forEach(
        each -> out.print("\n" + INDENT + "FAILED\n" + TerminalText.wrapped(each, DEEPER)));
    out.println("\n" + conclusion());
  }

  private void print(Checked checked, PrintWriter out) {
    out.println("\n%s, %s".formatted(checked.name, checked.kind));
    names(checked, Verdict.Outcome.PASSED, "passed", out);
    for (Finding finding : checked.findings) {
      Verdict verdict = finding.verdict();
      if (!finding.isFailed() && !verdict.found().isEmpty()) {
        boolean applies = verdict.outcome() == Verdict.Outcome.PASSED;
        out.println(INDENT + (applies ? "remark  " : "does not apply  ") + finding.rule());
        out.print(TerminalText.wrapped(verdict.found(), DEEPER));
      }
    }
    failures(checked).values().forEach(same -> print(same, out));
    TechniqueCost cost = checked.cost;
    if (cost != null) {
      print(cost, out);
    }
  }

  /** The failed rules, those together that the same fault has failed. */
  private static Map<String, List<Finding>> failures(Checked checked) {
    Map<String, List<Finding>> byFault = new LinkedHashMap<>();
    for (Finding finding : checked.findings) {
      if (finding.isFailed()) {
        Verdict verdict = finding.verdict();
        byFault
            .computeIfAbsent(verdict.line() + "\n" + verdict.found(), fault -> new ArrayList<>())
            .add(finding);
      }
    }
    return byFault;
  }

  /** Prints a fault once, with the names of all rules that it fails. */
  private static void print(List<Finding> same, PrintWriter out) {
    print(same.get(0), out);
    if (same.size() > 1) {
      List<String> others = same.stream().skip(1).map(Finding::rule).toList();
      out.print(
          TerminalText.wrapped(
              "The same fails %d more: %s".formatted(others.size(), String.join(", ", others)),
              DEEPER));
    }
  }

  private static void names(
      Checked checked, Verdict.Outcome outcome, String word, PrintWriter out) {
    List<String> names =
        checked.findings.stream()
            .filter(finding -> finding.verdict().outcome() == outcome)
            .map(Finding::rule)
            .toList();
    if (!names.isEmpty()) {
      out.println(INDENT + word);
      out.print(TerminalText.wrapped(String.join(", ", names), DEEPER));
    }
  }

  private static void print(Finding finding, PrintWriter out) {
    Verdict verdict = finding.verdict();
    String line = verdict.line().isEmpty() ? "" : " at " + verdict.line();
    out.println(INDENT + "FAILED  " + finding.rule() + line);
    out.print(TerminalText.wrapped(finding.says(), DEEPER));
    out.print(TerminalText.wrapped("Tried: " + verdict.tried(), DEEPER));
    out.print(TerminalText.wrapped("Found: " + verdict.found(), DEEPER));
    out.print(TerminalText.wrapped("To do: " + verdict.advice(), DEEPER));
  }

  private static void print(TechniqueCost cost, PrintWriter out) {
    out.println(INDENT + "cost of images " + cost.input() + ", with default options");
    Table table = new Table(1, 2, 3, 4);
    table.row("", "parameters", "multiply-adds", "prediction", "training step");
    TechniqueCost.Network without = cost.without();
    if (without != null) {
      row(table, "without it", without);
    }
    row(table, "with it", cost.with());
    if (without != null) {
      table.row(
          "its own",
          NumberText.grouped(cost.with().parameters() - without.parameters()),
          NumberText.scaled(cost.with().multiplyAdds() - without.multiplyAdds()),
          milliseconds(cost.with().forwardMs() - without.forwardMs()),
          milliseconds(cost.with().stepMs() - without.stepMs()));
    }
    out.print(table.text(DEEPER));
  }

  private static void row(Table table, String name, TechniqueCost.Network network) {
    table.row(
        name,
        NumberText.grouped(network.parameters()),
        NumberText.scaled(network.multiplyAdds()),
        milliseconds(network.forwardMs()),
        milliseconds(network.stepMs()));
  }

  private static String milliseconds(double time) {
    return time < 0 ? "about 0 ms" : String.format(Locale.ROOT, "%.1f ms", time);
  }

  private String conclusion() {
    String of = "%d rules for %s".formatted(tried(), String.join(", ", techniques.keySet()));
    if (isPassed()) {
      return "Passed: " + of + ".";
    }
    return tried() == 0
        ? "Failed: nothing could be tried."
        : "Failed: %d of %s%s."
            .formatted(failed(), of, refusals.isEmpty() ? "" : ", and what is said above");
  }
}
