package dev.inlay.cli.train;

import dev.inlay.Check;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.Augmentation;
import dev.inlay.data.Batch;
import dev.inlay.data.BatchPlan;
import dev.inlay.data.BatchSource;
import dev.inlay.data.CachedSamples;
import dev.inlay.data.Dataset;
import dev.inlay.data.SampleSource;
import dev.inlay.image.LabelMap;
import dev.inlay.image.Pictures;
import dev.inlay.image.RgbImage;
import dev.inlay.image.SideBySide;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inlay dataset preview}: draws the first crops that a training sees. */
@Command(
    name = "preview",
    description =
        "Draws the first crops that inlay train sees with the same options and seed, before they are"
            + " normalised, and their labels.",
    footer = {
      "",
      "Examples:",
      "  inlay dataset preview camvid --out preview.png",
      "  inlay dataset preview camvid --out preview.png --crop 240x320 --largest-share 0.75 \\",
      "      --augment \"photometric | cut-out(holes=3)\"",
    })
public final class DatasetPreviewCommand implements Runnable {
  private static final double OPACITY = 0.55;

  private final Workbench bench;

  @Parameters(paramLabel = "DIR", description = "The dataset's folder.")
  private Path data = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The PNG file to write.")
  private Path out = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "The split to train on; default: ${DEFAULT-VALUE}.")
  private String split = "train";

  @Option(
      names = "--crop",
      paramLabel = "HxW",
      description =
          "Size of the random crops in pixels, as in 240x320; default: two thirds of the first"
              + " image's height and width, 512 at most.")
  private @Nullable String crop;

  @Mixin private final AugmentationOptions augmentation = new AugmentationOptions();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "The number of crops, 1 to 64; default: ${DEFAULT-VALUE}.")
  private int count = 8;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The training's seed; default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  public DatasetPreviewCommand(Workbench bench) {
    this.bench = bench;
  }

  @Override
  public void run() {
    Check.that(count >= 1 && count <= 64, "--count is %d; it must be 1 to 64.", count);
    Dataset dataset = Dataset.open(data);
    SampleSource samples = new CachedSamples(dataset.samples(split), CachedSamples.DEFAULT_BYTES);
    Crop size = crop == null ? Crop.of(samples.read(0).image()) : Crop.parse(crop);
    Augmentation varied = augmentation.augmentation(size);
    SideBySide sheet = new SideBySide(dataset.classes(), OPACITY);
    try (BatchSource source =
        new BatchSource(samples, varied, dataset.classes().ignore(), BatchPlan.of(count, seed))) {
      Batch batch = source.next();
      for (int i = 0; i < count; i++) {
        add(sheet, batch, i);
      }
    }
    Pictures.write(out, sheet.paintLabels());
    bench.out().println("%s shows %d crops of %s.".formatted(out, count, size));
  }

  private static void add(SideBySide sheet, Batch batch, int index) {
    int pixels = batch.height() * batch.width();
    byte[] rgb = new byte[3 * pixels];
    byte[] ids = new byte[pixels];
    batch.images().get(3 * index * pixels, rgb);
    batch.labels().get(index * pixels, ids);
    sheet.add(
        "crop %d".formatted(index + 1),
        new RgbImage(batch.width(), batch.height(), rgb),
        null,
        new LabelMap(batch.width(), batch.height(), ids));
  }
}
