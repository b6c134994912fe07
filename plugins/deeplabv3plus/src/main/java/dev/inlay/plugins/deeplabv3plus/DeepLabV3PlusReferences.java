package dev.inlay.plugins.deeplabv3plus;

import dev.inlay.Reference;
import java.util.List;

/** What mmsegmentation calls {@link DeepLabV3Plus}'s options. */
final class DeepLabV3PlusReferences {

  private DeepLabV3PlusReferences() {}

  static List<Reference<DeepLabV3Plus.Options>> all() {
    return List.of(
        Reference.<DeepLabV3Plus.Options>of(
                "DepthwiseSeparableASPPHead",
                "aspp(rates={dilations=[1, 6, 12, 18]}, pointwise=false, channels={channels},"
                    + " separable=true, alignCorners={align_corners=false})"
                    + " | deeplabv3plus(fineChannels={c1_channels}, dropout={dropout_ratio=0.1},"
                    + " alignCorners={align_corners=false})")
            .ignoring("c1_in_channels"));
  }
}
