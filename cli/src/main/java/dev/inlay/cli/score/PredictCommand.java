package dev.inlay.cli.score;

import dev.inlay.Check;
import dev.inlay.InlayException;
import dev.inlay.cli.common.Failures;
import dev.inlay.cli.common.Meter;
import dev.inlay.cli.common.ProgramChoice;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.ClassList;
import dev.inlay.files.Folders;
import dev.inlay.image.ImageFile;
import dev.inlay.image.LabelMap;
import dev.inlay.image.Overlay;
import dev.inlay.image.RgbImage;
import dev.inlay.predict.SegmentationModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay predict}: segments images and paints the classes over them. */
@Command(
    name = "predict",
    description =
        "Segments images, each whole and at its own size. NAME.jpg becomes NAME_labels.png, the"
            + " class ids with the model's palette, and NAME_overlay.png, their colours over the"
            + " image. Photos are turned upright as their orientation tags say. A bad image is"
            + " reported and the others go on; the exit code is then 2.",
    footer = {
      "",
      "Examples:",
      "  inlay predict --model runs/camvid/best.safetensors street.jpg \\",
      "      --out predictions",
      "  inlay predict --model demo/model.safetensors photos/ more/*.png --out out \\",
      "      --opacity 0.7",
      "  inlay predict --model demo/model.safetensors photos --recursive --out out",
    })
public final class PredictCommand implements Callable<Integer> {

  private final Workbench bench;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE",
      description = "The model, a safetensors file that inlay train wrote.")
  private Path model = Path.of("");

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description =
          "Images (JPEG, PNG, BMP, GIF, TIFF), or folders of them; what a folder holds besides is"
              + " counted and named.")
  private List<Path> images = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results.")
  private Path out = Path.of("");

  @Option(
      names = "--recursive",
      description = "Enters the folders in a folder, too; the results keep these folders.")
  private boolean recursive;

  @Option(
      names = "--opacity",
      paramLabel = "A",
      description = "Opacity of the overlay's colours, from 0 to 1; default: ${DEFAULT-VALUE}.")
  private double opacity = Overlay.DEFAULT_OPACITY;

  @Mixin private final ProgramChoice program = new ProgramChoice();

  public PredictCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public Integer call() {
    Check.between("--opacity", opacity, 0, 1);
    Folders.check(out);
    Targets targets = Targets.of(images, out, recursive);
    targets.notes().forEach(note -> bench.err().println("inlay: " + note));
    targets.faults().forEach(fault -> bench.err().println("inlay: " + fault));
    int failed = targets.faults().size();
    List<Target> all = targets.all();
    try (SegmentationModel opened =
            SegmentationModel.open(
                model, bench.techniques(), bench.options().device(), program.options(false));
        Meter meter = Meter.of("segmenting", all.size(), bench.err())) {
      for (int i = 0; i < all.size(); i++) {
        Target target = all.get(i);
        Optional<String> fault = fault(opened, target);
        if (fault.isEmpty()) {
          meter.aside(() -> bench.out().println(target.image() + " -> " + target.overlay()));
        } else {
          failed++;
          meter.aside(() -> bench.err().println("inlay: " + fault.get()));
        }
        meter.at(i + 1, "");
      }
    }
    return failed == 0 ? 0 : Failures.MISTAKE;
  }

  /** Segments an image; the message if this image cannot be, while others may. */
  private Optional<String> fault(SegmentationModel opened, Target target) {
    try {
      segment(opened, target);
      return Optional.empty();
    } catch (InlayException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException | OutOfMemoryError e) {
      if (!Failures.isOutOfMemory(e)) {
        throw e;
      }
      return Optional.of("%s: %s".formatted(target.image(), Failures.words(e)));
    }
  }

  private static LabelMap predicted(SegmentationModel opened, RgbImage image, Path file) {
    try {
      return opened.predict(image);
    } catch (InlayException e) {
      throw new InlayException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private void segment(SegmentationModel opened, Target target) {
    RgbImage image = ImageFile.read(target.image());
    LabelMap labels = predicted(opened, image, target.image());
    ClassList classes = opened.classes();
    labels.write(target.labels(), classes);
    Overlay.paint(image, labels, classes, opacity).write(target.overlay());
  }
}
