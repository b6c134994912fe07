package dev.inlay.plugins.aspp;

import dev.inlay.Reference;
import java.util.List;

/** What torchvision and mmsegmentation call {@link Aspp}'s options and parameters. */
final class AsppReferences {

  private AsppReferences() {}

  static List<Reference<Aspp.Options>> all() {
    return List.of(torchvision(), mmsegmentation());
  }

  /** The branches, the join and one more convolution, all in one sequence without names. */
  private static Reference<Aspp.Options> torchvision() {
    Reference<Aspp.Options> head =
        Reference.of(
            "torchvision DeepLabHead",
            "aspp(rates=[12, 24, 36], kernel=1, poolFirst=false) | fcn(convs=1, channels=256)");
    for (int i = 0; i < 4; i++) {
      head =
          head.renaming("0.convs." + i + ".0.", "aspp_modules." + i + ".conv.")
              .renaming("0.convs." + i + ".1.", "aspp_modules." + i + ".bn.");
    }
    return head.renaming("0.convs.4.1.", "image_pool.1.conv.")
        .renaming("0.convs.4.2.", "image_pool.1.bn.")
        .renaming("0.project.0.", "bottleneck.conv.")
        .renaming("0.project.1.", "bottleneck.bn.")
        .renaming("1.", "convs.0.conv.")
        .renaming("2.", "convs.0.bn.")
        .renaming("4.", "conv_seg.");
  }

  private static Reference<Aspp.Options> mmsegmentation() {
    return Reference.of(
        "ASPPHead",
        "aspp(rates={dilations=[1, 6, 12, 18]}, pointwise=false, channels={channels},"
            + " alignCorners={align_corners=false})"
            + " | fcn(dropout={dropout_ratio=0.1}, alignCorners={align_corners=false})");
  }
}
