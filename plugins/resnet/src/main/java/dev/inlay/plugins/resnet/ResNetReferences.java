package dev.inlay.plugins.resnet;

import dev.inlay.Reference;
import java.util.List;
import java.util.Map;

/** What mmsegmentation calls {@link ResNet}'s options. */
final class ResNetReferences {

  private static final String NO_STAGE = "[false, false, false, false]";

  private ResNetReferences() {}

  static List<Reference<ResNet.Options>> all() {
    return List.of(
        reference("ResNet", "{deep_stem=false}, averaging={avg_down=false}")
            .saying("deep_stem", Map.of("false", "plain", "true", "v1c")),
        reference("ResNetV1c", "v1c"),
        reference("ResNetV1d", "v1d"));
  }

  private static Reference<ResNet.Options> reference(String type, String stem) {
    return Reference.<ResNet.Options>of(
            type,
            "resnet(depth={depth}, strides={strides=[1, 2, 2, 2]}, stem="
                + stem
                + ", width={base_channels=64}, stemChannels={stem_channels=64},"
                + " style={style=pytorch}, contractDilation={contract_dilation=false},"
                + " dilations={dilations=[1, 1, 1, 1]}, multiGrid={multi_grid=[]})")
        .only("stage_with_dcn", NO_STAGE, NO_STAGE)
        .ignoring("num_stages");
  }
}
