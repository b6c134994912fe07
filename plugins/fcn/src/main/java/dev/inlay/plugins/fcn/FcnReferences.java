package dev.inlay.plugins.fcn;

import dev.inlay.Reference;
import java.util.List;
import java.util.Map;

/** What mmsegmentation and torchvision call {@link Fcn}'s options and parameters. */
final class FcnReferences {

  private FcnReferences() {}

  static List<Reference<Fcn.Options>> all() {
    return List.of(mmsegmentation(), torchvision());
  }

  private static Reference<Fcn.Options> mmsegmentation() {
    return Reference.<Fcn.Options>of(
            "FCNHead",
            "fcn(convs={num_convs=2}, channels={channels}, kernel={kernel_size=3},"
                + " concat={concat_input=true}, dilation={dilation=1},"
                + " dropout={dropout_ratio=0.1},"
                + " maps={input_transform=none}, alignCorners={align_corners=false})")
        .saying("input_transform", Map.of("none", "last", "resize_concat", "all"));
  }

  private static Reference<Fcn.Options> torchvision() {
    return Reference.<Fcn.Options>of("torchvision FCNHead", "fcn(convs=1)")
        .renaming("0.", "convs.0.conv.")
        .renaming("1.", "convs.0.bn.")
        .renaming("4.", "conv_seg.");
  }
}
