package dev.inlay.plugins.ocr;

import dev.inlay.Reference;
import java.util.List;
import java.util.Map;

/** What mmsegmentation calls {@link Ocr}'s options and parameters. */
final class OcrReferences {

  private OcrReferences() {}

  static List<Reference<Ocr.Options>> all() {
    return List.of(
        Reference.<Ocr.Options>of(
                "FCNHead+OCRHead",
                "ocr(channels={channels}, keyChannels={ocr_channels}, map={map},"
                    + " coarseChannels={coarse.channels}, coarseKernel={coarse.kernel_size=3},"
                    + " coarseConvs={coarse.num_convs=2}, coarseConcat={coarse.concat_input=true},"
                    + " weight={coarse.loss_decode.loss_weight=1.0},"
                    + " dropout={coarse.dropout_ratio=0.1}, scale={scale=1},"
                    + " joined={input_transform=none}, alignCorners={align_corners=false})"
                    + " | fcn(dropout={dropout_ratio=0.1}, alignCorners={align_corners=false})")
            .saying("input_transform", Map.of("none", "false", "resize_concat", "true"))
            .only("coarse.dilation", "1", "1")
            .ignoring("coarse.align_corners", "coarse.input_transform")
            .renaming("0.", "coarse.")
            .renaming("1.", ""));
  }
}
