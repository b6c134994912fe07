package dev.inlay.plugins.hybridattention;

import dev.inlay.Init;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;

/**
 * Class augmented attention: the affinity of channels and classes carries context from the classes
 * to the pixels, after class channel attention has weighed the classes.
 */
final class ClassAugmented {

  /**
   * What the module gives.
   *
   * @param map the map joined with its context (B,C,H,W)
   * @param logits the class map before its softmax (B,K,H,W)
   */
  record Result(Tensor map, Tensor logits) {}

  private ClassAugmented() {}

  /** From a map (B,C,H,W). */
  static Result of(HybridAttention.Options options, Tensor x, int classes, Scope scope) {
    int channels = x.channels();
    int inner = options.classChannels(channels);
    Tensor logits =
        options.form() == Form.PLAIN
            ? scope.convNormReluSequence("class_map", x, classes, 1)
            : scope.convBias("class_map", x, classes, 1);
    Tensor where = logits.softmax(1).flat();
    Tensor pixels = scope.convNormReluSequence("feature", x, inner, 1).flat();

    Tensor affinity = pixels.matmul(where.permute(0, 2, 1)).softmax(2);
    Tensor weights = weights(options, where, classes, scope.at("weigh"));
    affinity = affinity.times(weights).plus(affinity).softmax(2);

    Tensor context = affinity.matmul(where).reshape(x.batch(), inner, x.height(), x.width());
    Tensor restored = scope.convNormReluSequence("restore", context, channels, 1);
    Tensor joined = scope.convNormReluSequence("fuse", Tensor.concat(restored, x), channels, 1);
    return new Result(joined, logits);
  }

  /** Class channel attention: a weight (B,1,K) of each class from its share of the pixels. */
  private static Tensor weights(
      HybridAttention.Options options, Tensor where, int classes, Scope scope) {
    Tensor share = where.mean(2).reshape(where.batch(), classes, 1, 1);
    Tensor hidden = linear("expand", share, classes * options.alpha(), scope);
    Tensor weights =
        options.form() == Form.PLAIN
            ? linear("contract", hidden, classes, scope)
            : linear("contract", hidden.relu(), classes, scope).sigmoid();
    return weights.reshape(where.batch(), 1, classes);
  }

  /** A linear layer on (B,N,1,1). */
  private static Tensor linear(String name, Tensor x, int outputs, Scope scope) {
    Scope s = scope.at(name);
    int inputs = x.channels();
    Tensor weight = s.parameter("weight", Init.KAIMING, outputs, inputs);
    Tensor bias = s.parameter("bias", Init.ZERO, outputs);
    return x.conv(weight.reshape(outputs, inputs, 1, 1), bias, Window.of(1));
  }
}
