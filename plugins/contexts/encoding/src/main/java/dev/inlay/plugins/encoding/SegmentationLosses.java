package dev.inlay.plugins.encoding;

import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The sum of losses that the authors train with, which {@code inlay verify} compares with: the
 * cross-entropy of logits (B,K,H,W), that of an auxiliary head's where there are two such, and how
 * the logits (B,K) of which classes an image holds are off.
 */
final class SegmentationLosses implements Part<Encoding.Options> {

  @Override
  public List<Tensor> build(Encoding.Options options, Features input, Scope scope) {
    return build(options, Map.of(), input, scope);
  }

  @Override
  public List<Tensor> build(
      Encoding.Options options, Map<String, String> theirs, Features input, Scope scope) {
    int ignore = Integer.parseInt(theirs.getOrDefault("ignore_index", "-1"));
    double auxiliary = number(theirs, "aux_weight", "0.4");
    Tensor labels = input.last();
    Tensor sum = input.map(0).crossEntropy(labels, ignore);
    for (Tensor output : input.maps().subList(1, input.maps().size() - 1)) {
      Tensor loss =
          output.rank() == 2
              ? presence(output, labels, ignore, scope).mul(options.weight())
              : output.crossEntropy(labels, ignore).mul(auxiliary);
      sum = sum.add(loss);
    }
    return List.of(sum);
  }

  /** A class of the network counts in the authors' code, be it ignored everywhere else. */
  private static Tensor presence(Tensor output, Tensor labels, int ignore, Scope scope) {
    boolean isClass = ignore >= 0 && ignore < output.dim(1).value();
    Presence presence = new Presence();
    return presence.loss(new Presence.Options(), output, labels, isClass ? -1 : ignore, scope);
  }

  private static double number(Map<String, String> theirs, String option, String preset) {
    String value = theirs.getOrDefault(option, preset);
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new InlayException(option + " is " + value + "; it must be a number", e);
    }
  }
}
