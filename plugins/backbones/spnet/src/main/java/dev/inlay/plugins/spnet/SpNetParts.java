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

/** Modules of {@link SpNet} as the authors' code has them. */
final class SpNetParts {

  private SpNetParts() {}

  /**
   * One block that pools strips: the last of the first stage, or, where the network strides in its
   * last stage, the first of that.
   */
  static List<Tensor> block(SpNet.Options options, Features input, Scope scope) {
    boolean strides = options.stride() == 32;
    Check.that(
        !strides || options.width() % 2 == 0,
        "planes is " + options.width() + "; a block with a stride of 2 must have an even number");
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
