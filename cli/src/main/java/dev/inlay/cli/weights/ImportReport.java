package dev.inlay.cli.weights;

import dev.inlay.cli.common.NumberText;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.TerminalText;
import dev.inlay.graph.Parameter;
import dev.inlay.pytorch.PyTorchFile;
import dev.inlay.pytorch.WeightSet;
import dev.inlay.reference.Import;
import dev.inlay.reference.ImportSummary;
import dev.inlay.reference.PixelConvention;
import dev.inlay.reference.Transfer;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.NonFinite;
import dev.inlay.weights.Normalization;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The text report of an import: every tensor of the file and every parameter of the network. */
final class ImportReport {

  private final TensorFile file;
  private final Import matched;
  private final Transfer transfer;
  private final List<NonFinite.Found> nonFinite;
  private final boolean part;
  private final StringBuilder text = new StringBuilder();

  ImportReport(TensorFile file, Import matched, List<NonFinite.Found> nonFinite, boolean part) {
    this.nonFinite = nonFinite;
    this.file = file;
    this.matched = matched;
    this.part = part;
    transfer = matched.transfer();
  }

  private TensorInfo from(Parameter parameter) {
    return Objects.requireNonNull(transfer.loaded().get(parameter));
  }

  /** The report for people. */
  String text(boolean brief) {
    head();
    if (brief) {
      loadedByStage();
    } else {
      loaded();
    }
    section(
        "reshaped",
        transfer.reshaped().stream()
            .map(p -> row(p.name(), Text.shape(from(p).shape()) + " as " + Text.shape(p.shape())))
            .toList());
    section(
        "left out, in the file only",
        transfer.leftOut().stream().map(t -> row(t.name(), Text.shape(t.shape()))).toList());
    section(part ? "missing, which begin fresh in training" : "missing", rows(transfer.missing()));
    section("reset, which begin fresh", rows(transfer.reset()));
    if (!transfer.counters().isEmpty()) {
      text.append("counted from 0: num_batches_tracked of ")
          .append(transfer.counters().size())
          .append(" norms, which the file does not have\n\n");
    }
    section(
        "no stage of the network corresponds to",
        matched.unmatched().stream().map(prefix -> row(prefix + "*", "")).toList());
    section(
        "trained differently in the reference than by inlay train",
        matched.trainedOtherwise().entrySet().stream()
            .map(head -> row(head.getKey(), head.getValue()))
            .toList());
    section(
        "NaN or infinite, so that results are wrong",
        nonFinite.stream().map(each -> row(each.toString(), "")).toList());
    section(
        "said by the configuration and not done by inlay predict and evaluate",
        matched.notDone().entrySet().stream()
            .map(each -> row(each.getKey(), each.getValue()))
            .toList());
    section(
        "skipped, no tensors",
        ImportSummary.skipped(file).stream().map(each -> row(each, "")).toList());
    text.append(
        "%d loaded, %d left out, %d missing, %d reshaped, %d reset%n%n"
            .formatted(
                transfer.loaded().size(),
                transfer.leftOut().size(),
                transfer.missing().size(),
                transfer.reshaped().size(),
                transfer.reset().size()));
    return text.toString();
  }

  private void head() {
    Table table = new Table();
    String preset = matched.preset().map(name -> name + ": ").orElse("");
    table.row("network", preset + matched.assembly().spec());
    table.row("", "as " + matched.origin() + " says");
    if (!part) {
      ModelInfo info = matched.info();
      table.row("classes", info.classes().size() + ": " + String.join(", ", info.classes()));
    }
    table.row("names", transfer.names() + "'s");
    if (file instanceof PyTorchFile torch && !torch.removedPrefix().isEmpty()) {
      table.row("", "without the '" + torch.removedPrefix() + "' before all of them");
    }
    if (file instanceof PyTorchFile torch) {
      torch.weights().ifPresent(set -> table.row("weights", words(set)));
    }
    images(table);
    matched
        .threshold()
        .ifPresent(
            threshold ->
                table.row(
                    "logits",
                    "one in the file, imported as two: class 1 is where its probability is above "
                        + threshold));
    text.append(table.text("")).append('\n');
  }

  private static String words(WeightSet set) {
    boolean averaged = set.kind() == WeightSet.Kind.EMA;
    String taken =
        "%s, under %s"
            .formatted(
                averaged ? "ema, the moving average" : "raw, those of the last step", set.place());
    return set.other()
        .map(
            other ->
                "%s; the others are under %s: --weights %s"
                    .formatted(taken, other, averaged ? "raw" : "ema"))
        .orElse(taken);
  }

  private void images(Table table) {
    PixelConvention convention = matched.pixels().convention();
    table.row(
        "images",
        convention.normalization().equals(Normalization.NONE)
            ? "none: the network takes red, green, blue from 0 to 255"
            : "mean %s and std %s of red, green, blue from 0 to 1"
                .formatted(
                    convention.normalization().mean(), convention.normalization().deviation()));
    table.row("", matched.pixels().origin());
    if (convention.order() == PixelConvention.ColourOrder.BGR) {
      table.row(
          "",
          matched.turned().isEmpty()
              ? "trained on %s; no loaded weight reads the image"
                  .formatted(convention.order().words())
              : "trained on %s: the input channels of %s are turned to red, green, blue"
                  .formatted(convention.order().words(), String.join(", ", matched.turned())));
    }
  }

  private void loadedByStage() {
    Map<String, List<Parameter>> stages =
        transfer.loaded().keySet().stream()
            .collect(
                Collectors.groupingBy(
                    p -> p.name().substring(0, p.name().indexOf('.')),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<List<String>> rows = new ArrayList<>();
    stages.forEach(
        (stage, parameters) -> {
          long numbers = parameters.stream().mapToLong(Parameter::size).sum();
          rows.add(
              row(
                  stage,
                  parameters.size() + " tensors, " + NumberText.grouped(numbers) + " numbers"));
        });
    section("loaded", rows);
  }

  private void loaded() {
    List<List<String>> rows = new ArrayList<>();
    transfer
        .loaded()
        .forEach((p, t) -> rows.add(List.of(p.name(), Text.shape(p.shape()), "from " + t.name())));
    section("loaded", rows);
  }

  private static List<List<String>> rows(List<Parameter> parameters) {
    return parameters.stream().map(p -> row(p.name(), Text.shape(p.shape()))).toList();
  }

  private static List<String> row(String name, String rest) {
    return List.of(name, rest);
  }

  private void section(String title, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Table table = new Table();
    rows.forEach(row -> table.row(row.toArray(String[]::new)));
    text.append(title).append('\n').append(table.text("  ")).append('\n');
  }

  /** What the user can do next. */
  String next(Path out) {
    if (!nonFinite.isEmpty()) {
      return "%s can be looked at, but not used. Go on with:\n  inlay weights show %s"
          .formatted(out, TerminalText.argument(out));
    }
    return part
        ? out
            + " holds the backbone. Go on with:\n  inlay train --network \""
            + matched.assembly().spec()
            + "\" --weights "
            + TerminalText.argument(out)
            + " --data DIR --out DIR"
        : out
            + " is the model. Go on with:\n  inlay predict --model "
            + TerminalText.argument(out)
            + " IMAGE... --out predictions\n  inlay evaluate --model "
            + TerminalText.argument(out)
            + " --data DIR";
  }
}
