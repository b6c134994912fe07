package dev.inlay.cli.data;

import dev.inlay.InlayException;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.Meter;
import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.ClassList;
import dev.inlay.data.Dataset;
import dev.inlay.data.check.Problem;
import dev.inlay.data.check.SplitFacts;
import dev.inlay.data.check.SplitScan;
import dev.inlay.files.Folders;
import dev.inlay.files.WholeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay dataset check}: reads all of a dataset and says what is wrong. */
@Command(
    name = "check",
    description =
        "Reads every image and label map of a dataset and says what is wrong: files without partner,"
            + " sizes that differ, values that are no class, classes that never occur, unreadable"
            + " files, the same pixels in two splits, orientation tags.",
    footer = {
      "",
      "The exit code is 2 where a training would end with what is wrong.",
      "",
      "Examples:",
      "  inlay dataset check camvid",
      "  inlay dataset check camvid --out camvid-check",
      "  inlay dataset check camvid --json",
    })
public final class DatasetCheckCommand implements Runnable {
  private static final int SHOWN = 3;

  /** The whole check, for JSON. */
  private record Result(String data, boolean sound, List<Split> splits) {}

  /** A split, for JSON. */
  private record Split(
      String split,
      int images,
      Map<String, Long> pixels,
      Map<String, Long> ignored,
      double ignoredShare,
      List<String> absent,
      List<Found> problems) {}

  /** A problem, for JSON. */
  private record Found(String kind, boolean serious, @Nullable String file, String message) {}

  private final Workbench bench;

  @Parameters(paramLabel = "DIR", description = "The dataset's folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for report.html, with the figures and sheets of images; default: none.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  public DatasetCheckCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    if (out != null) {
      Folders.check(out);
    }
    Dataset dataset = Dataset.open(folder);
    SplitScan scan = SplitScan.whole(dataset);
    List<SplitFacts> splits = new ArrayList<>();
    for (String split : dataset.info().splits().keySet()) {
      int all = count(dataset, split);
      try (Meter meter = Meter.of("checking " + split, all, bench.err())) {
        splits.add(scan.scan(split, (done, files, name) -> meter.at(done, name)));
      }
    }
    if (out != null) {
      WholeFile.writeText(out.resolve("report.html"), CheckPage.html(dataset, splits));
    }
    if (json) {
      bench.out().println(Json.pretty(result(dataset, splits)));
    } else {
      print(dataset, splits);
    }
    bench.out().flush();
    conclude(splits);
  }

  private static int count(Dataset dataset, String split) {
    try {
      return dataset.paired(split).samples().size();
    } catch (InlayException e) {
      return 0; // The scan tells why.
    }
  }

  private void conclude(List<SplitFacts> splits) {
    long serious =
        splits.stream()
            .flatMap(split -> split.problems().stream())
            .filter(problem -> problem.kind().serious())
            .count();
    if (serious > 0) {
      throw new InlayException(
          "%s is not fit for training: %s. Mend what is named, and check again."
              .formatted(folder, serious == 1 ? "1 problem" : "%,d problems".formatted(serious)));
    }
  }

  private Result result(Dataset dataset, List<SplitFacts> splits) {
    return new Result(
        folder.toString(),
        splits.stream()
            .flatMap(split -> split.problems().stream())
            .noneMatch(problem -> problem.kind().serious()),
        splits.stream().map(each -> split(dataset, each)).toList());
  }

  private static Split split(Dataset dataset, SplitFacts facts) {
    ClassList classes = dataset.classes();
    Map<String, Long> pixels = new LinkedHashMap<>();
    for (int id = 0; id < classes.size(); id++) {
      pixels.put(classes.name(id), facts.pixels().get(id));
    }
    Map<String, Long> ignored = new LinkedHashMap<>();
    facts
        .ignored()
        .forEach((stored, count) -> ignored.put(dataset.info().coding().shown(stored), count));
    return new Split(
        facts.split(),
        facts.images(),
        pixels,
        ignored,
        facts.ignoredShare(),
        facts.absent().stream().map(classes::name).toList(),
        facts.problems().stream()
            .map(
                each ->
                    new Found(
                        each.kind().name().toLowerCase(Locale.ROOT),
                        each.kind().serious(),
                        each.file() == null ? null : each.file().toString(),
                        each.message()))
            .toList());
  }

  private void print(Dataset dataset, List<SplitFacts> splits) {
    ClassList classes = dataset.classes();
    Integer[] numbers = new Integer[splits.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i + 1;
    }
    Table table = new Table(numbers);
    List<String> head = new ArrayList<>(List.of("share of pixels"));
    List<String> images = new ArrayList<>(List.of("images"));
    List<String> ignored = new ArrayList<>(List.of("ignored"));
    for (SplitFacts split : splits) {
      head.add(split.split());
      images.add(NumberText.grouped(split.images()));
      ignored.add(NumberText.percent(split.ignoredShare()));
    }
    table.row(head.toArray(String[]::new));
    for (int id = 0; id < classes.size(); id++) {
      List<String> row = new ArrayList<>(List.of(classes.name(id)));
      for (SplitFacts split : splits) {
        long pixels = split.pixels().get(id);
        row.add(pixels == 0 ? "none" : NumberText.percent((double) pixels / split.counted()));
      }
      table.row(row.toArray(String[]::new));
    }
    table.row(ignored.toArray(String[]::new));
    table.row(images.toArray(String[]::new));
    bench.out().println(dataset.info().name() + " in " + folder + "\n");
    bench.out().print(table.text("  "));
    splits.forEach(this::printProblems);
    if (out != null) {
      bench.out().println("\n" + out.resolve("report.html") + " shows it with images.");
    }
  }

  private void printProblems(SplitFacts split) {
    Map<Problem.Kind, List<Problem>> groups = new EnumMap<>(Problem.Kind.class);
    split
        .problems()
        .forEach(each -> groups.computeIfAbsent(each.kind(), k -> new ArrayList<>()).add(each));
    groups.forEach(
        (kind, problems) -> {
          bench
              .out()
              .println("\n%s: %,d %s".formatted(split.split(), problems.size(), kind.plural()));
          problems.stream()
              .limit(SHOWN)
              .forEach(each -> bench.out().println("  " + each.message()));
          if (problems.size() > SHOWN) {
            bench
                .out()
                .println("  and %,d more; --json names all".formatted(problems.size() - SHOWN));
          }
        });
  }
}
