package dev.inlay.plugins.auxiliary;

import dev.inlay.Reference;
import java.util.List;

/** What mmsegmentation and torchvision call {@link Auxiliary}'s options and parameters. */
final class AuxiliaryReferences {

  private AuxiliaryReferences() {}

  static List<Reference<Auxiliary.Options>> all() {
    return List.of(mmsegmentation(), torchvision());
  }

  private static Reference<Auxiliary.Options> mmsegmentation() {
    return Reference.<Auxiliary.Options>of(
            "auxiliary FCNHead",
            "auxiliary(map={map}, channels={channels}, convs={num_convs=2},"
                + " dilation={dilation=1}, weight={loss_decode.loss_weight=1.0},"
                + " dropout={dropout_ratio=0.1})")
        .only("concat_input", "true", "false")
        .only("kernel_size", "3", "3")
        .only("input_transform", "none", "none")
        .ignoring("align_corners");
  }

  private static Reference<Auxiliary.Options> torchvision() {
    return Reference.<Auxiliary.Options>of("torchvision auxiliary FCNHead", "auxiliary")
        .renaming("0.", "convs.0.conv.")
        .renaming("1.", "convs.0.bn.")
        .renaming("4.", "conv_seg.");
  }
}
