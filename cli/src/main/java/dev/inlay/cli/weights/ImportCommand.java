package dev.inlay.cli.weights;

import com.google.gson.JsonObject;
import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.cli.common.Json;
import dev.inlay.cli.common.TensorChoice;
import dev.inlay.cli.common.TextFile;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.ClassList;
import dev.inlay.data.Dataset;
import dev.inlay.pytorch.TensorFiles;
import dev.inlay.pytorch.WeightSet;
import dev.inlay.reference.FileFacts;
import dev.inlay.reference.Import;
import dev.inlay.reference.ImportRequest;
import dev.inlay.reference.ImportSummary;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.weights.NonFinite;
import dev.inlay.weights.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay import}: makes a model of another project's weights. */
@Command(
    name = "import",
    description =
        "Makes a model of a checkpoint of PyTorch (.pth, .pt) or of safetensors from elsewhere. Nothing"
            + " in the file is run. It tells what became of every tensor.",
    footer = {
      "",
      "Known names are those of mmsegmentation (backbone.*, decode_head.*,",
      "auxiliary_head.*, neck.*) and of torchvision (layer1.*, backbone.*,",
      "classifier.*, aux_classifier.*). --network names the network, or --config,",
      "mmsegmentation's configuration as JSON; default: the file's own statement.",
      "",
      "Rules for other names, one a line; a star stands for any text:",
      "  encoder.*          -> backbone.*",
      "  final.weight       -> decode_head.conv_seg.weight",
      "  ema.*              ->                             (left out)",
      "",
      "Examples:",
      "  inlay import pspnet_r50-d8_512x1024_40k_cityscapes.pth \\",
      "      --out pspnet.safetensors",
      "  inlay import checkpoint.pth --network pspnet_r50-d8 --out model.safetensors",
      "  inlay import checkpoint.pth --config model.json --out model.safetensors",
      "  inlay import fcn_resnet50_coco.pth --network fcn_resnet50 \\",
      "      --out fcn.safetensors",
      "  inlay import resnet50.pth --network \"resnet50(stem=plain) | ppm | fcn\" \\",
      "      --backbone-only --out backbone.safetensors",
      "  inlay import pspnet.pth --reset classifier --data camvid \\",
      "      --out begin.safetensors",
    })
public final class ImportCommand implements Runnable {

  private final Workbench bench;

  @Parameters(paramLabel = "FILE", description = "The file: .pth, .pt or .safetensors.")
  private Path file = Path.of("");

  @Option(
      names = "--network",
      paramLabel = "SPEC",
      description = "The network it is of: a spec, the name of a preset, or a YAML file.")
  private @Nullable String network;

  @Option(
      names = "--config",
      paramLabel = "JSON",
      description =
          "mmsegmentation's configuration, as cfg.dump('model.json') writes it; instead of"
              + " --network.")
  private @Nullable Path config;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The model, a safetensors file.")
  private Path out = Path.of("");

  @Mixin private final TensorChoice choice = new TensorChoice();

  @Option(
      names = "--classes",
      paramLabel = "N|NAMES",
      description = "How many classes, or their names with commas between.")
  private @Nullable String classes;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A dataset whose classes the model shall have, instead of --classes.")
  private @Nullable Path data;

  @Option(
      names = "--weights",
      paramLabel = "SET",
      description =
          "Set of weights to take from a checkpoint with two: ema, their moving average, or raw;"
              + " default: the set under the usual key, such as state_dict.")
  private @Nullable String weights;

  @Mixin private final PixelOptions pixels = new PixelOptions();

  @Option(
      names = "--allow-nonfinite",
      description =
          "Imports tensors with numbers that are NaN or infinite, which are refused otherwise.")
  private boolean allowNonFinite;

  @Option(names = "--brief", description = "Counts what was loaded instead of listing it.")
  private boolean brief;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  public ImportCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    if (network != null && config != null) {
      throw new InlayException("--network and --config both say which network it is; give one.");
    }
    bench.loadAhead();
    try (TensorFile opened = TensorFiles.open(file, weightSet())) {
      ImportRequest request = request();
      Import matched = Import.of(opened, bench.techniques(), request);
      requireOther(opened.path(), out);
      List<NonFinite.Found> nonFinite = save(matched);
      ImportReport report = new ImportReport(opened, matched, nonFinite, choice.backboneOnly());
      if (json) {
        bench.out().println(Json.pretty(ImportSummary.of(opened, matched, nonFinite, out)));
      } else {
        bench.out().print(report.text(brief));
        bench.out().println(report.next(out));
      }
    }
  }

  private List<NonFinite.Found> save(Import matched) {
    if (allowNonFinite) {
      return matched.saveAnyway(out);
    }
    matched.save(out);
    return List.of();
  }

  private WeightSet.@Nullable Kind weightSet() {
    if (weights == null) {
      return null;
    }
    Check.oneOf("--weights", weights, "ema", "raw");
    return WeightSet.Kind.valueOf(weights.toUpperCase(Locale.ROOT));
  }

  private ImportRequest request() {
    ImportRequest request = named();
    if (data == null) {
      return request;
    }
    if (classes != null) {
      throw new InlayException("--classes and --data both say which classes there are; give one.");
    }
    ClassList list = Dataset.open(data).classes();
    return request.withClasses(list.size(), list.names());
  }

  private ImportRequest named() {
    NetworkSpec spec = network == null ? null : NetworkSpec.parse(network, bench.techniques());
    JsonObject configuration =
        config == null ? null : TextFile.read(config, FileFacts::configuration);
    ImportRequest request = choice.request(spec, configuration).withPixels(pixels.given());
    if (classes == null) {
      return request;
    }
    if (classes.matches("-?\\d{1,9}")) {
      return request.withClasses(Integer.parseInt(classes), List.of());
    }
    List<String> names = Arrays.stream(classes.split(",", -1)).map(String::strip).toList();
    if (names.contains("") || names.stream().distinct().count() < names.size()) {
      throw new InlayException(
          "--classes is '%s'; give a number, or a name of its own for each class, with commas between."
              .formatted(classes));
    }
    return request.withClasses(names.size(), names);
  }

  /** Refuses an output file that is the input file, which is still read while it is written. */
  static void requireOther(Path in, Path out) {
    try {
      if (Files.exists(out) && Files.isSameFile(in, out)) {
        throw new InlayException(
            "%s is the file that is read; give --out another name.".formatted(out));
      }
    } catch (IOException e) {
      throw new InlayException("%s can't be written; give --out another name.".formatted(out), e);
    }
  }
}
