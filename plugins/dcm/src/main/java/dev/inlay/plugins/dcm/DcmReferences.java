package dev.inlay.plugins.dcm;

import dev.inlay.Reference;
import java.util.List;

/** What mmsegmentation calls {@link Dcm}'s options. */
final class DcmReferences {

  private DcmReferences() {}

  static List<Reference<Dcm.Options>> all() {
    return List.of(
        Reference.of(
            "DMHead",
            "dcm(filters={filter_sizes=[1, 3, 5, 7]}, channels={channels}, fusion={fusion=false})"
                + " | fcn(dropout={dropout_ratio=0.1}, alignCorners={align_corners=false})"));
  }
}
