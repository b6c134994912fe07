package dev.inlay.plugins.encoding;

import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The sum of the authors' training losses, for {@code inlay verify}: the cross-entropy of the
 * logits (B,K,H,W), that of the auxiliary head's logits if there are any, and the binary
 * cross-entropy of the presence logits (B,K).
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
              ? presence(output, labels, ignore, scope).times(options.weight())
              : output.crossEntropy(labels, ignore).times(auxiliary);
      sum = sum.plus(loss);
    }
    return List.of(sum);
  }

  /**
   * The presence loss. The authors' code counts a class as present even if its id is the ignore
   * index.
   */
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
      throw new InlayException("%s is %s; it must be a number.".formatted(option, value), e);
    }
  }
}
