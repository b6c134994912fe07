package dev.inlay.cli.author;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.cli.common.Failures;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.Meter;
import dev.inlay.cli.common.Workbench;
import dev.inlay.contract.Contract;
import dev.inlay.files.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay check}: whether a plugin's techniques keep the contract. */
@Command(
    name = "check",
    description =
        "Tries whether the techniques of a plugin jar keep the contract of all techniques: shapes,"
            + " gradients, random networks, precision, cost and more. The jar is loaded in a process"
            + " of its own, with a time limit.",
    footer = {
      "",
      "The exit code is 0 if all rules are kept, 2 if one is not.",
      "",
      "Examples:",
      "  inlay check my-technique.jar",
      "  inlay check my-technique.jar --only shapes --only gradients",
      "  inlay check my-technique.jar --time-limit 120s --json",
    })
public final class CheckCommand implements Callable<Integer> {

  private static final Pattern TIME = Pattern.compile("([1-9]\\d{0,4})(s|m)?");

  private final Workbench bench;

  @Parameters(paramLabel = "JAR", description = "The plugin jar.")
  private Path jar = Path.of("");

  @Option(
      names = "--technique",
      paramLabel = "NAME",
      description = "Tries one technique of the jar; default: all.")
  private String technique = "";

  @Option(
      names = "--only",
      paramLabel = "RULE",
      description = "Tries this rule alone; may be repeated; default: all rules.")
  private List<String> only = List.of();

  @Option(
      names = "--skip",
      paramLabel = "RULE",
      description = "Leaves this rule out; may be repeated; default: none.")
  private List<String> skip = List.of();

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      description = "After so many seconds or minutes the check ends, as 90s or 2m; default: 60s.")
  private String limit = "60s";

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  public CheckCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    long milliseconds = milliseconds();
    List<String> rules = Contract.names();
    only.forEach(rule -> Check.oneOf("--only", rule, rules.toArray()));
    skip.forEach(rule -> Check.oneOf("--skip", rule, rules.toArray()));
    if (!Files.isRegularFile(jar)) {
      throw new InlayException(
          "%s %s; name a plugin jar."
              .formatted(jar, Files.exists(jar) ? "is not a regular file" : "does not exist"));
    }
    CheckReport report = new CheckReport(String.valueOf(jar.getFileName()));
    Path folder = alone();
    try {
      String copy = folder.resolve(name()).toString();
      List<String> folders = bench.folders().stream().map(Path::toString).toList();
      String mark = UUID.randomUUID() + " ";
      run(new CheckRequest(mark, copy, folders, technique, only, skip, milliseconds), report);
    } finally {
      remove(folder);
    }
    if (json) {
      bench.out().println(Json.pretty(report));
    } else {
      report.print(bench.out());
    }
    return report.isPassed() ? 0 : Failures.MISTAKE;
  }

  private long milliseconds() {
    Matcher time = TIME.matcher(limit);
    if (!time.matches()) {
      throw new InlayException(
          "--time-limit is '%s'; it must be seconds or minutes, as 90s or 2m.".formatted(limit));
    }
    return Long.parseLong(time.group(1)) * ("m".equals(time.group(2)) ? 60_000 : 1_000);
  }

  private void run(CheckRequest request, CheckReport report) {
    Steps steps = new Steps(bench);
    try {
      report.ended(
          new CheckRun(
                  request,
                  event -> {
                    report.add(event);
                    steps.see(event);
                  })
              .run());
    } finally {
      steps.close();
    }
  }

  /** The name of the copy: the loader takes only files that are named as jars. */
  private String name() {
    String name = String.valueOf(jar.getFileName());
    return name.endsWith(".jar") ? name : name + ".jar";
  }

  /** A folder with the jar alone, as the loader takes folders. */
  private Path alone() {
    try {
      Path folder = Files.createTempDirectory("inlay-check").toRealPath();
      Files.copy(jar, folder.resolve(name()));
      return folder;
    } catch (IOException e) {
      throw new InlayException("Cannot copy %s: %s.".formatted(jar, Reason.of(e)), e);
    }
  }

  private void remove(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(name()));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      bench.warn("The folder %s stays: %s.".formatted(folder, Reason.of(e)));
    }
  }

  /** Shows which rule is tried. */
  private static final class Steps {
    private final Workbench bench;
    private @Nullable Meter meter;
    private int done;

    Steps(Workbench bench) {
      this.bench = bench;
    }

    void see(Event event) {
      switch (event.kind()) {
        case LOADED -> meter = Meter.of("check", event.count(), bench.err());
        case WARNED -> bench.warn(event.text());
        case FOUND -> done++;
        case BEGUN -> {
          Meter shown = meter;
          if (shown != null) {
            shown.at(done, event.technique() + ": " + event.text());
          }
        }
        default -> {}
      }
    }

    void close() {
      Meter shown = meter;
      if (shown != null) {
        shown.close();
      }
    }
  }
}
