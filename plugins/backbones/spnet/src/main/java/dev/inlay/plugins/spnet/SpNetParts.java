package dev.inlay.plugins.spnet;

import dev.inlay.Check;
import dev.inlay.Features;
import dev.inlay.Scope;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.plugins.resnet.ResNet;
import dev.inlay.plugins.resnet.ResidualStages;
import java.util.Collections;
import java.util.List;

/** Modules of {@link SpNet} with the boundaries of the authors' code. */
final class SpNetParts {

  private SpNetParts() {}

  /**
   * One block with strip pooling: the last of the first stage, or at stride 32 the first of the
   * last stage.
   */
  static List<Tensor> block(SpNet.Options options, Features input, Scope scope) {
    boolean strides = options.stride() == 32;
    Check.that(
        !strides || options.width() % 2 == 0,
        "planes is %d; it must be even in a block of stride 2.",
        options.width());
    ResNet.Options alike =
        Technique.options(
            ResNet.class,
            "depth=%d, stride=%d, width=%d, stemChannels=%d, contractDilation=false, dilations=%s",
            options.depth(),
            options.stride(),
            strides ? options.width() / 2 : options.width(),
            options.stemChannels(),
            Collections.nCopies(4, options.multiGrid().get(0)));
    ResidualStages.Place place =
        strides ? new ResidualStages.Place(1, 0, true) : new ResidualStages.Place(0, 2, true);
    return List.of(new ResidualStages(alike, SpNet::gate).block(input.last(), place, scope));
  }
}
