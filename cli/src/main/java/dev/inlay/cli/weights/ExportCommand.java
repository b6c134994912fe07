package dev.inlay.cli.weights;

import dev.inlay.Check;
import dev.inlay.cli.common.Workbench;
import dev.inlay.reference.Export;
import dev.inlay.weights.Safetensors;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay export}: writes a model for other projects. */
@Command(
    name = "export",
    description =
        "Writes a model under the names of the reference implementation: as a checkpoint that"
            + " torch.load(weights_only=True) and mmsegmentation read, or as safetensors. inlay import"
            + " reads either back.",
    footer = {
      "",
      "Examples:",
      "  inlay export model.safetensors --format pytorch --out model.pth",
      "  inlay export model.safetensors --format safetensors --out weights.safetensors",
      "  inlay export fcn.safetensors --format pytorch --names torchvision \\",
      "      --out fcn.pth",
    })
public final class ExportCommand implements Runnable {

  private final Workbench bench;

  @Parameters(paramLabel = "MODEL", description = "The model, a safetensors file of Inlay's.")
  private Path model = Path.of("");

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "The kind of file: pytorch or safetensors.")
  private String format = "";

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
  private Path out = Path.of("");

  @Option(
      names = "--names",
      paramLabel = "PROJECT",
      description =
          "Project whose parameter names the file gets: mmsegmentation or torchvision; default:"
              + " ${DEFAULT-VALUE}. A stage that the project does not have keeps Inlay's names.")
  private String names = "mmsegmentation";

  public ExportCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Check.oneOf("--format", format, "pytorch", "safetensors");
    Check.oneOf("--names", names, Export.names().toArray(String[]::new));
    try (Safetensors file = Safetensors.open(model)) {
      Export export = Export.of(file, bench.techniques(), names);
      ImportCommand.requireOther(model, out);
      if (format.equals("pytorch")) {
        export.savePyTorch(out);
      } else {
        export.saveSafetensors(out);
      }
      bench
          .out()
          .println(
              "%s: %d tensors, %s"
                  .formatted(out, export.count(), String.join(".*, ", export.parts()) + ".*"));
      if (!export.withoutReference().isEmpty()) {
        bench.warn(
            "%s has no counterpart of %s; their parameters keep Inlay's names."
                .formatted(names, String.join(", ", export.withoutReference())));
      }
    }
  }
}
