package dev.inlay.plugins.dupsampling;

import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.List;

/**
 * The modules of {@code dunet.py} in LinZhuoChen's repository, for {@code inlay verify}. Each has
 * the weights P beside W; only {@link #reconstruction} uses P.
 */
final class Dunet {

  private static final int IGNORED = 255;

  private Dunet() {}

  /**
   * The decoder for a coarse and a fine map; for a coarse map and labels, the decoder's loss and
   * logits.
   */
  static List<Tensor> decoder(DUpsampling.Options options, Features input, Scope scope) {
    Tensor coarse = input.map(0);
    if (input.map(1).type() == Tensor.Type.INTEGER) {
      weightsP(coarse.channels(), options.ratio(), input.classes(), scope.at("dupsample"));
      Tensor logits = DUpsampling.tempered(coarse, options.ratio(), input.classes(), scope);
      return List.of(logits.crossEntropy(input.map(1), IGNORED), logits);
    }
    weightsP(options.code(), options.ratio(), input.classes(), scope.at("dupsample"));
    Features maps = input.withMaps(List.of(input.map(1), coarse), List.of(1, 1));
    return List.of(new DUpsampling().build(options, maps, scope));
  }

  /** The upsampling by W alone. */
  static List<Tensor> layer(DUpsampling.Options options, Features input, Scope scope) {
    weightsP(options.code(), options.ratio(), input.classes(), scope);
    return List.of(DUpsampling.blocks(input.last(), options.ratio(), input.classes(), scope));
  }

  private static void weightsP(int code, int ratio, int classes, Scope scope) {
    scope.parameter("conv_p.weight", Init.KAIMING, code, (long) ratio * ratio * classes, 1, 1);
  }

  /**
   * The mean squared error of W P on blocks of labels (B,H,W), the blocks (B,r*r*K,h,w), and their
   * reconstruction. Ignored pixels count as class 0.
   */
  static List<Tensor> reconstruction(DUpsampling.Options options, Features input, Scope scope) {
    Tensor labels = input.last();
    int ratio = options.ratio();
    int size = ratio * ratio * input.classes();
    Dim rows = labels.dim(1).floorDiv(ratio);
    Dim columns = labels.dim(2).floorDiv(ratio);
    Tensor blocks =
        labels
            .maskedFill(labels.equalTo(IGNORED), 0)
            .reshape(labels.batch(), 1, labels.dim(1), labels.dim(2))
            .oneHot(input.classes())
            .asFloat()
            .reshape(labels.batch(), input.classes(), rows, ratio, columns, ratio)
            .permute(0, 3, 5, 1, 2, 4)
            .reshape(labels.batch(), size, rows, columns);
    Scope weights = scope.at("dupsample");
    Tensor made =
        weights.conv("conv_w", weights.conv("conv_p", blocks, options.code(), 1), size, 1);
    Tensor difference = made.minus(blocks);
    return List.of(difference.times(difference).mean(0, 1, 2, 3).reshape(), blocks, made);
  }
}
