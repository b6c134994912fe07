package dev.inlay.cli.weights;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.cli.common.Failures;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.Table;
import dev.inlay.cli.common.Workbench;
import dev.inlay.verify.Deviation;
import dev.inlay.verify.Verification;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay verify}: compares the results of techniques with those of their references. */
@Command(
    name = "verify",
    description = "Compares techniques with what reference implementations computed.",
    footer = {
      "",
      "A golden file is safetensors with a reference's state.KEY, input.N, output.N",
      "and, for gradients, cotangent.N, grad.input.N and grad.state.KEY; its metadata",
      "has the reference's type and options as 'config', which --stage replaces. For a",
      "loss, input.0 is the output, input.1 the labels and output.0 the loss.",
      "",
      "The exit code is 0 if all deviations are within the tolerance, 1 if one is not,",
      "and 2 if a file can't be compared.",
      "",
      "Examples:",
      "  inlay verify psphead.safetensors aspphead.safetensors",
      "  inlay verify mine.safetensors \\",
      "      --stage \"aspp(rates=[1, 6, 12], channels=16) | fcn\"",
      "  inlay verify loss.safetensors --stage \"dice(smooth=1)\"",
      "  inlay verify pspnet.io.safetensors --weights pspnet.pth",
      "  inlay verify net_pspnet_r18_d8.safetensors --tolerance 1e-5 --json",
    })
public final class VerifyCommand implements Callable<Integer> {

  /** A compared tensor, for JSON; a deviation that is not finite is null. */
  private record Row(String entry, long[] shape, @Nullable Double deviation) {}

  /** A compared file, for JSON. */
  private record Result(
      String file,
      @Nullable String stages,
      boolean within,
      @Nullable Double largest,
      List<Row> deviations,
      List<String> leftOut,
      @Nullable String error) {}

  /** All files, for JSON. */
  private record Results(double tolerance, boolean within, List<Result> files) {}

  private final Workbench bench;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Golden files.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      description =
          "The largest deviation allowed, relative to each tensor's largest magnitude, more than"
              + " 0; default: ${DEFAULT-VALUE}.")
  private double tolerance = 1e-4;

  @Option(
      names = "--stage",
      paramLabel = "STAGES",
      description =
          "What the files are about, instead of their 'config': a part of a spec, or a loss.")
  private @Nullable String stage;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Where the parameters are, instead of in the golden files: a checkpoint of the reference,"
              + " or a model that inlay import made of one.")
  private @Nullable Path weights;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  public VerifyCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Check.that(tolerance > 0, "--tolerance is %s; it must be more than 0.", tolerance);
    List<Result> results = new ArrayList<>();
    for (Path file : files) {
      results.add(verified(file));
    }
    boolean within = results.stream().allMatch(Result::within);
    if (json) {
      bench.out().println(Json.pretty(new Results(tolerance, within, results)));
    } else if (files.size() > 1) {
      long good = results.stream().filter(Result::within).count();
      bench.out().println(good + " of " + files.size() + " files are within " + tolerance + ".");
    }
    boolean broken = results.stream().anyMatch(result -> result.error() != null);
    return broken ? Failures.MISTAKE : within ? 0 : 1;
  }

  private Result verified(Path file) {
    try {
      Verification made = Verification.of(file, bench.techniques(), stage, weights);
      if (!json) {
        print(made);
      }
      List<Row> rows =
          made.deviations().stream()
              .map(each -> new Row(each.entry(), each.shape(), finite(each.relative())))
              .toList();
      boolean within = made.largest() <= tolerance;
      return new Result(
          made.file(), made.spec(), within, finite(made.largest()), rows, made.leftOut(), null);
    } catch (InlayException e) {
      return failed(file, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return failed(file, file.getFileName() + ": " + Failures.words(e));
    }
  }

  /** Reports a file that can't be compared, so that the other files are still compared. */
  private Result failed(Path file, String message) {
    bench.err().println("inlay: " + message);
    return new Result(file.toString(), null, false, null, List.of(), List.of(), message);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  private void print(Verification made) {
    PrintWriter out = bench.out();
    out.println(made.file() + ": " + made.spec());
    Table table = new Table(2);
    table.row("compared", "shape", "deviation");
    for (Deviation each : made.deviations()) {
      boolean within = each.relative() <= tolerance;
      table.row(each.entry(), shape(each), scientific(each.relative()), within ? "" : "too large");
    }
    out.print(table.text("  "));
    if (!made.leftOut().isEmpty()) {
      out.println("  left out, in no stage: " + String.join(", ", made.leftOut()));
    }
    boolean within = made.largest() <= tolerance;
    out.println(
        "  "
            + (within ? "within " : "NOT within ")
            + tolerance
            + ", the largest deviation is "
            + scientific(made.largest())
            + "\n");
  }

  private static String scientific(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }

  private static String shape(Deviation deviation) {
    return Arrays.stream(deviation.shape())
        .mapToObj(String::valueOf)
        .collect(Collectors.joining("x"));
  }
}
