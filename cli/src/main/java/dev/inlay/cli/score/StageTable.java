package dev.inlay.cli.score;

import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.measure.StageTimes;
import java.util.List;
import java.util.Locale;

/**
 * The times of a network's stages, as text and as JSON.
 *
 * @param net the network as the user writes it
 * @param input the size of the images
 * @param runs how many were timed
 * @param times the measured times
 */
record StageTable(
    String net, String input, ProgramForm form, int runs, int classes, StageTimes times) {

  private static final double MEGA = 1e6;

  /** A measurement, for JSON; the time of a whole network is not the sum of its stages'. */
  record Line(
      String net,
      String input,
      String device,
      int threads,
      String torch,
      boolean fold,
      String layout,
      String precision,
      int runs,
      int classes,
      double sumMs,
      double wholeMs,
      List<StageLine> stages) {}

  /** A stage, for JSON; its share is that of the sum, from 0 to 1. */
  record StageLine(
      String name,
      String spec,
      double medianMs,
      double share,
      long multiplyAdds,
      long parameters,
      long bytes) {}

  Line line() {
    return new Line(
        net,
        input,
        times.device(),
        times.threads(),
        times.torch(),
        form.fold(),
        form.layout(),
        form.precision(),
        runs,
        classes,
        rounded(times.sumMs()),
        rounded(times.wholeMs()),
        times.stages().stream().map(this::line).toList());
  }

  private StageLine line(StageTimes.Stage stage) {
    return new StageLine(
        stage.name(),
        stage.spec(),
        rounded(stage.medianMs()),
        Math.round(1000 * share(stage)) / 1000.0,
        stage.multiplyAdds(),
        stage.parameters(),
        stage.bytes());
  }

  private double share(StageTimes.Stage stage) {
    return stage.medianMs() / times.sumMs();
  }

  private static double rounded(double milliseconds) {
    return Math.round(milliseconds * 1000) / 1000.0;
  }

  String text() {
    Table table = new Table(1, 2, 3, 4, 5);
    table.row("stage", "ms", "share", "multiply-adds", "parameters", "MB");
    long adds = 0;
    long parameters = 0;
    long most = 0;
    for (StageTimes.Stage stage : times.stages()) {
      adds += stage.multiplyAdds();
      parameters += stage.parameters();
      most = Math.max(most, stage.bytes());
      table.row(
          stage.spec().isEmpty() ? stage.name() : stage.spec(),
          milliseconds(stage.medianMs()),
          NumberText.percent(share(stage)),
          NumberText.scaled(stage.multiplyAdds()),
          NumberText.grouped(stage.parameters()),
          megabytes(stage.bytes()));
    }
    table.row("");
    table.row("sum of the stages", milliseconds(times.sumMs()));
    table.row(
        "in one piece",
        milliseconds(times.wholeMs()),
        NumberText.percent(times.wholeMs() / times.sumMs()),
        NumberText.scaled(adds),
        NumberText.grouped(parameters),
        megabytes(most));
    return "%s\n%s, %d classes, %s, %s with %d threads, medians of %d\n\n%s\n%s"
        .formatted(
            net,
            input,
            classes,
            form,
            times.device(),
            times.threads(),
            runs,
            table.text(""),
            "MB are the values that are held at the same time while a stage runs. Multiply-adds are"
                + " those of the network as it is described.\n");
  }

  private static String milliseconds(double time) {
    return String.format(Locale.ROOT, "%.2f", time);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / MEGA);
  }
}
