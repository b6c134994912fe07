package dev.inlay.plugins.encoding;

import dev.inlay.Cites;
import dev.inlay.ContextModule;
import dev.inlay.Features;
import dev.inlay.Init;
import dev.inlay.Named;
import dev.inlay.Option;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * EncNet's context encoding module: encodes all pixels by their residuals to learned codewords. The
 * encoding weights the map's channels and, in training, predicts which classes are present
 * (sections 2 and 3, figure 2).
 *
 * <p>The last map (B,C,H,W) becomes (B,C/4,H,W). The presence logits (B,K) are a side output, which
 * the objective {@code presence} supervises with the paper's weight of 0.2. The authors' code joins
 * two earlier maps ({@code laterals=2}); the published networks of mmsegmentation join none.
 */
@Named(
    value = "encoding",
    says = "Context encoding: weights channels by an encoding of the scene with codewords.")
@Cites(
    arxiv = "1803.08904",
    title = "Context Encoding for Semantic Segmentation",
    authors = "Zhang et al.",
    venue = "CVPR 2018")
public final class Encoding implements ContextModule<Encoding.Options> {

  private static final double WEIGHT = 0.2;

  public record Options(
      @Option(
              value = "channels inside and of the result; 0 is a quarter of the map's",
              is = "0",
              least = 0)
          int channels,
      @Option(
              value = "kernel size of the first convolution; FastFCN's authors take 1 after jpu",
              is = "3",
              oneOf = {1, 3})
          int kernel,
      @Option(value = "number of codewords", is = "32", least = 1) int codes,
      @Option(value = "number of maps before the last that are joined to it", is = "0", least = 0)
          int laterals,
      @Option(value = "whether training also predicts which classes are present", is = "true")
          boolean presence,
      @Option(value = "weight of that loss", is = "" + WEIGHT, least = 0) double weight,
      @Option(
              value = "whether joined maps are resized with the corner pixels' centres aligned",
              is = "false")
          boolean alignCorners) {

    public Options {
      // Canonical form: options without effect take their default.
      weight = presence ? weight : WEIGHT;
      alignCorners &= laterals > 0;
    }
  }

  @Override
  public Map<String, Part<Options>> parts() {
    return Map.of(
        "module",
        EncodingParts::module,
        "encode",
        (options, x, scope) -> List.of(encode(x.last(), options.codes(), scope)),
        "losses",
        new SegmentationLosses(),
        "presentClasses",
        EncodingParts::presentClasses);
  }

  @Override
  public Features build(Options options, Features input, Scope scope) {
    int channels =
        options.channels == 0 ? Math.max(1, input.last().channels() / 4) : options.channels;
    Tensor x = scope.convNormRelu("bottleneck", input.last(), channels, options.kernel);
    if (options.laterals > 0) {
      List<Tensor> joined = new ArrayList<>(List.of(x));
      for (int i = 0; i < options.laterals; i++) {
        Tensor earlier = input.map(input.maps().size() - 1 - options.laterals + i);
        earlier = scope.convNormRelu("lateral_convs." + i, earlier, channels, 1);
        joined.add(earlier.resizeTo(x, options.alignCorners));
      }
      x = scope.convNormRelu("fusion", Tensor.concat(joined), channels, 3);
    }
    Tensor semantics = semantics(x, options.codes, scope.at("enc_module"));
    Features output = input.withLast(weigh(x, semantics, scope.at("enc_module")));
    if (!options.presence) {
      return output;
    }
    // The layer exists in inference too, because published parameter counts include it.
    Tensor presence = presence(semantics, input.classes(), scope);
    return output.withSide(
        Presence.NAME, new Features.Side(presence, Presence.NAME, options.weight, true));
  }

  /** The encoded semantics (B,C,1,1): the mean of the encoding over the codewords. */
  static Tensor semantics(Tensor x, int codes, Scope s) {
    Tensor projected = s.convNormRelu("encoding_project", x, x.channels(), 1);
    Tensor encoded = encode(projected, codes, s.at("encoding").at("0"));
    return s.at("encoding").norm("1", encoded).relu().mean(1).reshape(x.batch(), x.dim(1), 1, 1);
  }

  /**
   * The encoding layer: residuals of the pixels of (B,C,H,W) or (B,C,N) to each of K codewords,
   * weighted by how near the codeword is, summed over the pixels: (B,K,C). Its scales are usually
   * negative.
   */
  static Tensor encode(Tensor x, int codes, Scope s) {
    int channels = x.channels();
    double range = 1 / Math.sqrt((double) codes * channels);
    Tensor words = s.parameter("codewords", Init.uniform(-range, range), codes, channels);
    Tensor scale = s.parameter("scale", Init.uniform(-1, 0), codes);
    Tensor pixels = x.rank() == 3 ? x : x.flat();

    // |x - c|^2 = |x|^2 - 2 x c + |c|^2 avoids the memory of residuals (B,N,K,C).
    Tensor squares = pixels.times(pixels).sum(1).permute(0, 2, 1);
    Tensor distances =
        squares
            .minus(pixels.einsum("bcn,kc->bnk", words).times(2))
            .plus(words.times(words).sum(1).reshape(1, 1, codes));
    Tensor weights = distances.times(scale.reshape(1, 1, codes)).softmax(2);
    Tensor total = weights.sum(1).permute(0, 2, 1);
    return pixels
        .einsum("bcn,bnk->bkc", weights)
        .minus(total.times(words.reshape(1, codes, channels)));
  }

  /** Weights the channels of (B,C,H,W) by the semantics (B,C,1,1). */
  static Tensor weigh(Tensor x, Tensor semantics, Scope s) {
    return x.plus(x.times(linear("fc.0", semantics, x.channels(), s).sigmoid())).relu();
  }

  /** The presence logits (B,K): whether each class occurs in the image. */
  static Tensor presence(Tensor semantics, int classes, Scope s) {
    return linear("se_layer", semantics, classes, s).reshape(semantics.batch(), classes);
  }

  private static Tensor linear(String name, Tensor x, int outputs, Scope scope) {
    Scope s = scope.at(name);
    int inputs = x.channels();
    Tensor weight = s.parameter("weight", Init.KAIMING, outputs, inputs);
    return x.conv(
        weight.reshape(outputs, inputs, 1, 1),
        s.parameter("bias", Init.ZERO, outputs),
        Window.of(1));
  }
}
