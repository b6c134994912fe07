package dev.inlay.plugins.dupsampling;

import dev.inlay.Check;
import dev.inlay.Dim;
import dev.inlay.Init;
import dev.inlay.InlayException;
import dev.inlay.Labels;
import dev.inlay.Preparation;
import dev.inlay.RoundTrip;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes W from labels: the leading principal directions of blocks of labels (section 3.2). No
 * images are read.
 */
final class BlockPreparation implements Preparation, RoundTrip {

  /** The greatest block length whose eigenvectors are computed in reasonable time. */
  private static final int LONGEST = 4096;

  private final LabelBlocks blocks;
  private final int channels;
  private final BlockMoments moments;
  private @Nullable BlockCode code;

  /**
   * Prepares the W of a decoder.
   *
   * @param ratio rows and columns of a block
   * @param channels the channels of the code, which are the columns of W
   * @throws InlayException if blocks are too long, or shorter than the code
   */
  BlockPreparation(int ratio, int channels, int classes) {
    long size = (long) ratio * ratio * classes;
    Check.that(
        size <= LONGEST,
        "A ratio of %d with %d classes makes blocks of %d values, but at most %d can be prepared. Take a smaller ratio.",
        ratio,
        classes,
        size,
        LONGEST);
    Check.that(
        channels <= size,
        "The code is %d, but a block has only %d values (ratio %d, %d classes). Take a smaller code.",
        channels,
        size,
        ratio,
        classes);
    this.channels = channels;
    blocks = new LabelBlocks(ratio, classes);
    moments = new BlockMoments(blocks);
  }

  @Override
  public String summary() {
    return "W from blocks of %dx%d labels: %d directions of %d values"
        .formatted(ratio(), ratio(), channels, blocks.size());
  }

  @Override
  public void see(Labels labels) {
    moments.add(labels);
  }

  @Override
  public Map<String, float[]> parameters() {
    return Map.of(DUpsampling.W, code().weights());
  }

  @Override
  public Map<String, Number> figures() {
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("ratio", ratio());
    figures.put("code", channels);
    figures.put("size", blocks.size());
    figures.put("blocks", moments.count());
    figures.put("meanSquaredError", code().error());
    figures.put("kept", code().share());
    return figures;
  }

  private BlockCode code() {
    BlockCode found = code;
    if (found == null) {
      if (moments.count() == 0) {
        throw new InlayException(
            "No whole block of %dx%d pixels has a label. Take a smaller ratio, or other labels."
                .formatted(ratio(), ratio()));
      }
      found = moments.leading(channels);
      code = found;
    }
    return found;
  }

  @Override
  public Optional<RoundTrip> roundTrip() {
    return Optional.of(this);
  }

  @Override
  public int ratio() {
    return blocks.ratio();
  }

  /**
   * The round trip: labels (B,K,H,W) as blocks (B,r*r*K,h,w), times P, then the decoder's
   * upsampling by W.
   */
  @Override
  public Tensor build(Tensor labels, Scope scope) {
    int ratio = ratio();
    int classes = blocks.classes();
    Dim rows = labels.height().floorDiv(ratio);
    Dim columns = labels.width().floorDiv(ratio);
    Tensor vectors =
        labels
            .reshape(labels.batch(), classes, rows, ratio, columns, ratio)
            .permute(0, 3, 5, 1, 2, 4)
            .reshape(labels.batch(), blocks.size(), rows, columns);
    Tensor w = scope.parameter(DUpsampling.W, Init.KAIMING, blocks.size(), channels, 1, 1);
    Tensor code = vectors.conv(w.permute(1, 0, 2, 3), null, Window.of(1));
    return DUpsampling.blocks(code, ratio, classes, scope.at(DUpsampling.LAYER));
  }
}
