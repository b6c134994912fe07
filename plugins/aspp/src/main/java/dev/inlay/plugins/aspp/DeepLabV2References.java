package dev.inlay.plugins.aspp;

import dev.inlay.Reference;
import java.util.List;

/** What kazuto1011/deeplab-pytorch calls {@link DeepLabV2}'s options. */
final class DeepLabV2References {

  private DeepLabV2References() {}

  static List<Reference<DeepLabV2.Options>> all() {
    return List.of(
        Reference.<DeepLabV2.Options>of(
                "deeplabv2.py:_ASPP", "deeplabv2(rates={rates}, channels=0)")
            .ignoring("in_ch", "out_ch"));
  }
}
