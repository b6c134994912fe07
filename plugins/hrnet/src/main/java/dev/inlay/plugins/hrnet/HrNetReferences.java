package dev.inlay.plugins.hrnet;

import dev.inlay.Reference;
import java.util.List;
import java.util.Map;

/** What mmsegmentation calls {@link HrNet}'s options. */
final class HrNetReferences {

  private HrNetReferences() {}

  static List<Reference<HrNet.Options>> all() {
    Reference<HrNet.Options> reference =
        Reference.<HrNet.Options>of(
                "HRNet",
                "hrnet(widths={extra.stage4.num_channels}, modules=[{extra.stage2.num_modules},"
                    + " {extra.stage3.num_modules}, {extra.stage4.num_modules}],"
                    + " blocks=[{*extra.stage1.num_blocks}, {*extra.stage2.num_blocks},"
                    + " {*extra.stage3.num_blocks}, {*extra.stage4.num_blocks}],"
                    + " firstWidth={*extra.stage1.num_channels},"
                    + " finestOnly={multiscale_output=true})")
            .saying("multiscale_output", Map.of("true", "false", "false", "true"))
            .ignoring("extra.stage1.num_modules", "extra.stage2.num_channels")
            .ignoring("extra.stage3.num_channels");
    for (int branches = 1; branches <= 4; branches++) {
      String stage = "extra.stage" + branches;
      String block = branches == 1 ? "BOTTLENECK" : "BASIC";
      String count = String.valueOf(branches);
      reference =
          reference
              .only(stage + ".block", block, block)
              .only(stage + ".num_branches", count, count);
    }
    return List.of(reference);
  }
}
