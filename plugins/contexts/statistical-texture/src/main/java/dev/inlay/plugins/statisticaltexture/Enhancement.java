package dev.inlay.plugins.statisticaltexture;

import dev.inlay.Dim;
import dev.inlay.Init;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import dev.inlay.plugins.statisticaltexture.StatisticalTexture.Options;

/** The texture enhancement module and its one-dimensional counting (sections 3.2 and 3.3). */
final class Enhancement {

  private static final double SLOPE = 0.01;

  private Enhancement() {}

  /**
   * The encoded counts of an image's values, one vector for each level.
   *
   * @param vectors (B,C/2,L,1)
   * @param encoding the pixels' closeness to each level (B,L,N)
   */
  record Counts(Tensor vectors, Tensor encoding) {}

  /** The one-dimensional quantisation and counting operator on a map (B,C,H,W). */
  static Counts count(Options options, Tensor map, Scope scope) {
    int levels = options.levels();
    int half = map.channels() / 2;
    Tensor x = scope.convNorm("conv1.0", map, map.channels(), Window.of(3)).leakyRelu(SLOPE);
    x = scope.conv("conv2.conv", x, half, 1);

    Tensor mean = x.mean(2, 3);
    Tensor likeness = Similarity.cosine(mean, x);
    Quantisation quantised =
        Quantisation.of(likeness.flat().reshape(x.batch(), 1, 1, pixels(x)), levels);
    Tensor counts = Quantisation.normalised(quantised.encoding().sum(3), 2);

    Tensor pairs = Tensor.concat(quantised.levels(), counts);
    Tensor coded = vectors("f1.0", pairs, options.counted(map.channels()), scope).leakyRelu(SLOPE);
    coded = vectors("f2", coded, half, scope).relu();
    Tensor joined = Tensor.concat(coded, mean.expand(x.batch(), half, levels, 1));
    joined = scope.at("out").norm("bn", vectors("out", joined, half, scope)).relu();
    return new Counts(joined, quantised.encoding().reshape(x.batch(), levels, pixels(x)));
  }

  /**
   * Texture enhancement of a map (B,C,H,W): the levels attend to each other, which makes a new
   * value for each, and every pixel takes the values of its levels.
   */
  static Tensor enhance(Options options, Tensor map, Scope scope) {
    int levels = options.levels();
    Counts counts = count(options, map, scope.at("qco"));
    Tensor of = counts.vectors();
    int half = of.channels();
    Tensor key = vectors("k", of, half, scope).reshape(map.batch(), half, levels);
    Tensor query = vectors("q", of, half, scope).reshape(map.batch(), half, levels);
    Tensor value = vectors("v", of, half, scope).reshape(map.batch(), half, levels);
    Tensor likeness = key.permute(0, 2, 1).matmul(query).softmax(2);
    Tensor remade = value.matmul(likeness.permute(0, 2, 1)).reshape(map.batch(), half, levels, 1);
    remade = vectors("out", remade, map.channels(), scope);
    remade = scope.at("out").norm("bn", remade).relu();
    return remade
        .reshape(map.batch(), map.channels(), levels)
        .matmul(counts.encoding())
        .reshape(map.batch(), map.channels(), map.height(), map.width());
  }

  /** A linear layer without bias for each of L vectors (B,C,L,1), a convolution of sequences. */
  private static Tensor vectors(String name, Tensor x, int channels, Scope scope) {
    Tensor weight =
        scope.at(name).at("conv").parameter("weight", Init.KAIMING, channels, x.channels(), 1);
    return x.conv(weight.reshape(channels, x.channels(), 1, 1), null, Window.of(1));
  }

  private static Dim pixels(Tensor x) {
    return x.height().times(x.width());
  }
}
