package dev.inlay.cli.train;

import dev.inlay.data.Augmentation;
import picocli.CommandLine.Option;

/** The options that set how images are varied at random in training. */
final class AugmentationOptions {

  @Option(
      names = "--scale",
      paramLabel = "A-B",
      description =
          "Range of the random factor by which images are scaled; default: ${DEFAULT-VALUE}.")
  private String scale = "0.5-2";

  @Option(names = "--no-flip", description = "Never mirrors images.")
  private boolean noFlip;

  /** The augmentation with crops of this size. */
  Augmentation augmentation(Crop crop) {
    ScaleRange range = ScaleRange.parse(scale);
    return Augmentation.crop(crop.height(), crop.width())
        .withScale(range.least(), range.greatest())
        .withFlip(!noFlip);
  }

  /** The range of scales as given. */
  String scale() {
    return scale;
  }
}
