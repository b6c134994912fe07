package dev.inlay.plugins.statisticaltexture;

import dev.inlay.Dim;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.plugins.statisticaltexture.StatisticalTexture.Options;
import java.util.ArrayList;
import java.util.List;

/**
 * The pyramid texture feature extraction module and its two-dimensional counting (sections 3.2 and
 * 3.4).
 */
final class Pyramid {

  private static final double SLOPE = 0.01;

  private Pyramid() {}

  /** Texture features of regions of several sizes: (B,C',H,W) to (B,C,H,W). */
  static Tensor extract(Options options, Tensor map, int channels, Scope scope) {
    Tensor x = scope.conv("conv.conv", map, channels, 1);
    List<Tensor> textures = new ArrayList<>();
    for (int scale : options.scales()) {
      textures.add(count(options, x, scale, scope.at("qco_" + scale)).resizeTo(x, true));
    }
    return scope.convNormRelu("out", Tensor.concat(textures), channels, 1);
  }

  /**
   * The two-dimensional quantisation and counting operator on scale x scale regions: how often
   * levels occur at a pixel and at its neighbour below and to the right. (B,C,H,W) becomes
   * (B,C/2,scale,scale).
   */
  static Tensor count(Options options, Tensor map, int scale, Scope scope) {
    int levels = options.pairLevels();
    int regions = scale * scale;
    int half = map.channels() / 2;
    Dim rows = PooledSize.ofRegion(map.height(), levels, scale);
    Dim columns = PooledSize.ofRegion(map.width(), levels, scale);
    Tensor x = map.adaptiveAvgPool(rows.times(scale), columns.times(scale));
    Tensor means = x.adaptiveAvgPool(scale, scale);
    Tensor likeness =
        Similarity.cosine(
            means.reshape(x.batch(), x.dim(1), scale, 1, scale, 1),
            x.reshape(x.batch(), x.dim(1), scale, rows, scale, columns));
    Tensor values =
        likeness.permute(0, 1, 2, 4, 3, 5).reshape(x.batch(), regions, 1, rows.times(columns));

    Quantisation quantised = Quantisation.of(values, levels);
    Tensor counts = pairs(quantised.encoding().reshape(x.batch(), regions, levels, rows, columns));
    counts = Quantisation.normalised(counts, 2, 3);
    Tensor ofPixel = quantised.levels().expand(x.batch(), regions, levels, levels);
    Tensor ofNeighbour = ofPixel.permute(0, 1, 3, 2);
    Tensor triples = channels(ofNeighbour, ofPixel, counts);

    Tensor coded = scope.conv("f1.0.conv", triples, options.counted(map.channels()), 1);
    coded = scope.conv("f2.conv", coded.leakyRelu(SLOPE), half, 1).relu();
    Tensor mean = means.reshape(x.batch(), x.dim(1), regions, 1);
    Tensor joined =
        Tensor.concat(mean.expand(x.batch(), x.dim(1), regions, levels * levels), coded);
    joined = scope.convNormRelu("out.0", joined, half, 1);
    joined = scope.convNorm("out.1", joined, half, Window.of(1));
    return joined.mean(3).reshape(x.batch(), half, scale, scale);
  }

  /**
   * The counts (B,S,L,L) of the levels of a pixel and of its diagonal neighbour, from the pixels'
   * closeness to each level (B,S,L,h,w). The sum over pixels is a product of matrices, which needs
   * no value for each pair of levels at each pixel.
   */
  private static Tensor pairs(Tensor encoding) {
    Dim rows = encoding.dim(3);
    Dim columns = encoding.dim(4);
    Dim none = Dim.of(0);
    Dim one = Dim.of(1);
    Tensor here = encoding.slice(3, none, rows.minus(one)).slice(4, none, columns.minus(one));
    Tensor there = encoding.slice(3, one, rows).slice(4, one, columns);
    return flat(here).matmul(flat(there).permute(0, 1, 3, 2));
  }

  private static Tensor flat(Tensor x) {
    return x.reshape(x.batch(), x.dim(1), x.dim(2), x.dim(3).times(x.dim(4)));
  }

  /** Tables (B,S,L,L) as channels: (B,3,S,L*L). */
  private static Tensor channels(Tensor... tables) {
    List<Tensor> channels = new ArrayList<>();
    for (Tensor each : tables) {
      channels.add(each.reshape(each.batch(), 1, each.dim(1), each.dim(2).times(each.dim(3))));
    }
    return Tensor.concat(channels);
  }
}
