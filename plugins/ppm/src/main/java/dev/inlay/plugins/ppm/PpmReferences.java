package dev.inlay.plugins.ppm;

import dev.inlay.Reference;
import java.util.List;

/** What mmsegmentation calls {@link Ppm}'s options. */
final class PpmReferences {

  private PpmReferences() {}

  static List<Reference<Ppm.Options>> all() {
    return List.of(
        Reference.of(
            "PSPHead",
            "ppm(bins={pool_scales=[1, 2, 3, 6]}, channels={channels},"
                + " alignCorners={align_corners=false})"
                + " | fcn(dropout={dropout_ratio=0.1}, alignCorners={align_corners=false})"));
  }
}
