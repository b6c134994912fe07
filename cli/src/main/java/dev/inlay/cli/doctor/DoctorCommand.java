package dev.inlay.cli.doctor;

import dev.inlay.cli.common.Failures;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.cli.common.Workbench;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code inlay doctor}: what this machine has, what is wrong with it, and the cure. */
@Command(
    name = "doctor",
    description =
        "Examines Java, the processor, the engine and its convolutions, GPUs, folders, plugins and the network."
            + " The exit code is 0 if everything works, 2 if something does not.",
    footer = {
      "",
      "Add the output of --json to a report of a fault; passwords in proxies are left out.",
      "",
      "Examples:",
      "  inlay doctor",
      "  inlay doctor --json > doctor.json",
    })
public final class DoctorCommand implements Callable<Integer> {

  /** The report, for JSON. */
  private record Report(boolean works, List<Fact> facts) {}

  private final Workbench bench;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  public DoctorCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Map<String, String> environment = bench.environment();
    List<Fact> facts = new ArrayList<>(JavaFacts.all());
    facts.addAll(ProcessorFacts.all());
    facts.addAll(EngineFacts.all(environment));
    facts.addAll(FolderFacts.all());
    facts.addAll(PluginFacts.all(bench));
    facts.addAll(NetworkFacts.all(environment));
    boolean works = facts.stream().noneMatch(fact -> fact.state() == Fact.State.WRONG);
    if (json) {
      bench.out().println(Json.pretty(new Report(works, facts)));
    } else {
      print(facts);
    }
    return works ? 0 : Failures.MISTAKE;
  }

  private void print(List<Fact> facts) {
    PrintWriter out = bench.out();
    String about = "";
    for (Fact fact : facts) {
      if (!fact.about().equals(about)) {
        about = fact.about();
        out.println((fact == facts.get(0) ? "" : "\n") + title(about));
      }
      String mark =
          switch (fact.state()) {
            case OK -> " ";
            case NOTE -> "!";
            case WRONG -> "X";
          };
      String head = String.format(Locale.ROOT, "%s %-19s ", mark, fact.name());
      String indent = " ".repeat(head.length());
      out.print(head + TerminalText.wrapped(fact.value(), indent).stripLeading());
      if (fact.advice() != null) {
        out.print(TerminalText.wrapped(fact.advice(), indent));
      }
    }
    long notes = facts.stream().filter(fact -> fact.state() == Fact.State.NOTE).count();
    long wrong = facts.stream().filter(fact -> fact.state() == Fact.State.WRONG).count();
    out.println(
        notes + wrong == 0
            ? "\nEverything works."
            : "\nWhat does not work (X): %d; what could be better (!): %d."
                .formatted(wrong, notes));
  }

  private static String title(String about) {
    return about.equals("gpu")
        ? "GPU"
        : about.substring(0, 1).toUpperCase(Locale.ROOT) + about.substring(1);
  }
}
