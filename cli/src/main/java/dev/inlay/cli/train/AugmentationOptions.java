package dev.inlay.cli.train;

import dev.inlay.augment.Alterations;
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

  @Option(
      names = "--largest-share",
      paramLabel = "SHARE",
      description =
          "The greatest share of a crop that one class may have, more than 0 to 1; other crops are"
              + " drawn again, ten times at most. mmsegmentation takes 0.75; default: 1, any crop.")
  private double largestShare = 1;

  @Option(
      names = "--augment",
      paramLabel = "LINE",
      description =
          "Further random changes in their order, as in \"photometric | blur(probability=0.3)\":"
              + " photometric, blur, noise, jpeg, cut-out, rotate, quarter-turns, mosaic; default:"
              + " none. docs/data.md has their options; inlay dataset preview shows them.")
  private String augment = "";

  /** The augmentation with crops of this size. */
  Augmentation augmentation(Crop crop) {
    ScaleRange range = ScaleRange.parse(scale);
    return Augmentation.crop(crop.height(), crop.width())
        .withScale(range.least(), range.greatest())
        .withFlip(!noFlip)
        .withLargestShare(largestShare)
        .withAlterations(Alterations.parse(augment));
  }

  /** The range of scales as given. */
  String scale() {
    return scale;
  }
}
