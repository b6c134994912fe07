package dev.inlay.cli.weights;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.cli.common.Workbench;
import dev.inlay.pytorch.TensorFiles;
import dev.inlay.weights.NameComparison;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.WeightsDiff;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay weights diff}: how two files of weights differ. */
@Command(
    name = "diff",
    description =
        "Compares the tensors of two files: the names that only one has, other shapes and types,"
            + " and how far the numbers of common ones are apart.",
    footer = {
      "",
      "A relative difference is relative to the tensor's largest magnitude in either",
      "file. NaN and NaN at one place are equal. The files' texts do not count.",
      "",
      "The exit code is 0 if the tensors are equal: the same names and shapes, and",
      "the same types and numbers or, with --tolerance, numbers within it in whatever",
      "types. It is 1 if they are not, and 2 if a file can't be read.",
      "",
      "Examples:",
      "  inlay weights diff first/best.safetensors second/best.safetensors",
      "  inlay weights diff full.safetensors half.safetensors --tolerance 1e-3",
      "  inlay weights diff a.safetensors b.safetensors --strip module.",
    })
final class WeightsDiffCommand implements Callable<Integer> {

  private final Workbench bench;

  @Parameters(index = "0", paramLabel = "A", description = "A file of weights.")
  private Path pathA = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private Path pathB = Path.of("");

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      description =
          "The largest relative difference that counts as equal, in any types; default: equal"
              + " types and numbers.")
  private @Nullable Double tolerance;

  @Option(
      names = "--filter",
      paramLabel = "GLOB",
      description = "Only tensors whose whole name matches, * for any text; may be repeated.")
  private List<String> globs = new ArrayList<>();

  @Option(
      names = "--strip",
      paramLabel = "PREFIX",
      description =
          "Prefix that is removed from the names of both files before comparing; default: none.")
  private String strip = "";

  @Option(names = "--json", description = "Prints JSON, with all common tensors.")
  private boolean json;

  public WeightsDiffCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    if (tolerance != null) {
      Check.notNegative("--tolerance", tolerance);
    }
    try (TensorFile fileA = TensorFiles.open(pathA);
        TensorFile fileB = TensorFiles.open(pathB)) {
      WeightsDiff diff = diff(fileA, fileB);
      DiffReport report = new DiffReport(pathA.toString(), pathB.toString(), diff);
      if (json) {
        bench.out().println(report.json());
      } else {
        report.print(bench.out());
      }
      return diff.equal() ? 0 : 1;
    }
  }

  private WeightsDiff diff(TensorFile fileA, TensorFile fileB) {
    Map<String, TensorInfo> a = stripped(fileA);
    Map<String, TensorInfo> b = stripped(fileB);
    Check.that(
        strip.isEmpty() || strips(fileA) || strips(fileB),
        "--strip is '%s', but no name in either file begins with it.",
        strip);
    NameFilter filter = new NameFilter(globs);
    NameComparison names = NameComparison.of(filter.of(a), filter.of(b));
    filter.requireSome(
        !(names.common().isEmpty() && names.onlyA().isEmpty() && names.onlyB().isEmpty()),
        fileA,
        fileB);
    try (BytesRead progress = new BytesRead(WeightsDiff.bytes(names), bench)) {
      return WeightsDiff.of(fileA, fileB, names, tolerance, progress);
    }
  }

  private boolean strips(TensorFile file) {
    return file.tensors().keySet().stream().anyMatch(name -> name.startsWith(strip));
  }

  private Map<String, TensorInfo> stripped(TensorFile file) {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    file.tensors()
        .forEach(
            (name, tensor) -> {
              String bare = name.startsWith(strip) ? name.substring(strip.length()) : name;
              if (tensors.put(bare, tensor) != null) {
                throw new InlayException(
                    "%s has two tensors named %s without '%s'. Leave --strip out."
                        .formatted(file.path(), bare, strip));
              }
            });
    return tensors;
  }
}
