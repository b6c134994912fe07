package dev.inlay.plugins.strippooling;

import dev.inlay.Reference;
import java.util.List;

/** What the authors' code calls {@link StripPooling}'s options and parameters. */
final class StripPoolingReferences {

  private StripPoolingReferences() {}

  static List<Reference<StripPooling.Options>> all() {
    String stage = "strip-pooling(bins={pool_size=[20, 12]}, alignCorners={align_corners=true})";
    return List.of(
        Reference.<StripPooling.Options>of(
                "spnet.py:SPHead", stage + " | fcn(alignCorners={align_corners=true})")
            .renaming("score_layer.4.", "conv_seg."),
        Reference.of(
            "customize.py:StripPooling",
            stage,
            (options, x, scope) -> List.of(StripPooling.mixedPooling(options, x.last(), scope))));
  }
}
