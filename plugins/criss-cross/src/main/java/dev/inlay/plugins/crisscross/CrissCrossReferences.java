package dev.inlay.plugins.crisscross;

import dev.inlay.Reference;
import java.util.List;

/** What mmsegmentation calls {@link CrissCross}'s options. */
final class CrissCrossReferences {

  private CrissCrossReferences() {}

  static List<Reference<CrissCross.Options>> all() {
    return List.of(
        Reference.<CrissCross.Options>of(
                "CCHead",
                "criss-cross(channels={channels}, recurrence={recurrence=2},"
                    + " concat={concat_input=true}, kernel={kernel_size=3}, dilation={dilation=1})"
                    + " | fcn(dropout={dropout_ratio=0.1}, alignCorners={align_corners=false})")
            .only("num_convs", "2", "2"));
  }
}
