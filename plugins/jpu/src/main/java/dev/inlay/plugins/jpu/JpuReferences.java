package dev.inlay.plugins.jpu;

import dev.inlay.Reference;
import java.util.List;

/** What the authors' code and mmsegmentation call {@link Jpu}'s options and parameters. */
final class JpuReferences {

  private JpuReferences() {}

  static List<Reference<Jpu.Options>> all() {
    return List.of(authors(), mmsegmentation());
  }

  private static Reference<Jpu.Options> authors() {
    Reference<Jpu.Options> authors =
        Reference.of(
            "customize.py:JPU",
            "jpu(channels={width=512}, coarsestFirst=true, alignCorners={align_corners=true})");
    for (int i = 0; i < 3; i++) {
      String ours = "conv_layers." + i + ".0.";
      authors =
          authors
              .renaming("conv" + (3 + i) + ".0.", ours + "conv.")
              .renaming("conv" + (3 + i) + ".1.", ours + "bn.");
    }
    for (int i = 0; i < 4; i++) {
      String theirs = "dilation" + (1 + i);
      String ours = "dilation_layers." + i + ".0.";
      authors =
          authors
              .renaming(theirs + ".0.conv1.", ours + "depthwise_conv.conv.")
              .renaming(theirs + ".0.bn.", ours + "depthwise_conv.bn.")
              .renaming(theirs + ".0.pointwise.", ours + "pointwise_conv.conv.")
              .renaming(theirs + ".1.", ours + "pointwise_conv.bn.");
    }
    return authors;
  }

  private static Reference<Jpu.Options> mmsegmentation() {
    return Reference.<Jpu.Options>of(
            "JPU",
            "jpu(levels={levels}, channels={mid_channels=512},"
                + " dilations={dilations=[1, 2, 4, 8]}, alignCorners={align_corners=false})")
        .ignoring("start_level", "end_level");
  }
}
