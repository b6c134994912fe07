package dev.inlay.cli.train;

import dev.inlay.Check;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.Workbench;
import dev.inlay.spec.NamedRecords;
import dev.inlay.spec.OptionDescription;
import dev.inlay.train.Schedule;
import dev.inlay.train.ScheduleSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inlay schedule}: shows the learning rates of a training before it begins. */
@Command(
    name = "schedule",
    description =
        "Shows the learning rate of a training over its iterations, with the options of inlay train,"
            + " and the schedules that there are.",
    footer = {
      "",
      "Examples:",
      "  inlay schedule",
      "  inlay schedule --schedule \"poly(end=1e-4)\" --rate 0.01 --iterations 20000",
      "  inlay schedule --schedule cosine --rate 6e-5 --warmup 150 --warmup-from 1e-6",
    })
public final class ScheduleCommand implements Runnable {

  private static final int ROWS = 20;
  private static final int WIDEST = 50;

  private final Workbench bench;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Training iterations; default: ${DEFAULT-VALUE}.")
  private int iterations = 300;

  @Mixin private final ScheduleOptions options = new ScheduleOptions();

  public ScheduleCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Check.atLeast("--iterations", iterations, 1);
    options.check();
    Schedule schedule = options.schedule(iterations);
    bench.out().println("rate " + options.summary(iterations));
    bench.out().println();
    bench.out().print(rates(schedule));
    bench.out().println();
    bench.out().println("Schedules");
    bench.out().print(known());
  }

  /** The rate of some iterations as a number and as a bar, the first and the last among them. */
  private String rates(Schedule schedule) {
    List<Integer> shown = new ArrayList<>();
    for (int row = 0; row <= ROWS; row++) {
      int iteration = (int) Math.round((double) row / ROWS * (iterations - 1));
      if (!shown.contains(iteration)) {
        shown.add(iteration);
      }
    }
    double most = shown.stream().mapToDouble(schedule::at).max().orElse(1);
    Table table = new Table(0, 1);
    table.row("iteration", "rate", "");
    for (int iteration : shown) {
      double rate = schedule.at(iteration);
      int bar = most > 0 ? (int) Math.round(WIDEST * rate / most) : 0;
      table.row(
          Integer.toString(iteration + 1),
          String.format(Locale.ROOT, "%.4g", rate),
          "#".repeat(Math.max(0, bar)));
    }
    return table.text("");
  }

  private static String known() {
    Table table = new Table();
    for (NamedRecords.Described each : ScheduleSpec.ALL.described()) {
      table.row(each.name(), each.says());
      for (OptionDescription option : each.options()) {
        table.row("", option.name() + "=" + option.defaultValue() + ": " + option.meaning());
      }
    }
    return table.text("  ");
  }
}
