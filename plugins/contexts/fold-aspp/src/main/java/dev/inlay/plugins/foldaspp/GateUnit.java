package dev.inlay.plugins.foldaspp;

import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Part;
import dev.inlay.Scope;
import dev.inlay.Tensor;
import dev.inlay.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * GateNet's gate unit: from the encoder's map and the decoder's, one weight from 0 to 1 for what
 * the encoder sends to the decoder of a level, and one for what it sends to the parallel decoder.
 * Each is the mean over all pixels of a sigmoid.
 */
final class GateUnit {

  private GateUnit() {}

  /**
   * The weights (B,2,1,1).
   *
   * @param encoder the encoder's map (B,C,H,W)
   * @param decoder the decoder's map (B,D,H,W)
   * @param widths the channels of the convolutions before the last
   */
  static Tensor gates(
      String name, Tensor encoder, Tensor decoder, List<Integer> widths, Scope scope) {
    Scope s = scope.at(name);
    Tensor x = Tensor.concat(encoder, decoder);
    int layer = 0;
    for (int width : widths) {
      x = s.norm(String.valueOf(layer + 1), s.convBias(String.valueOf(layer), x, width, 3));
      x = Layers.prelu(String.valueOf(layer + 2), x, s);
      layer += 3;
    }
    return s.convBias(String.valueOf(layer), x, 2, 3).sigmoid().mean(2, 3);
  }

  /**
   * One level of the authors' gated decoder, for {@code inlay verify}: from the encoder's map, the
   * coarser decoder's and the transition's, the decoder's next map and the two weights.
   */
  static final class Level implements Part<FoldAspp.Options> {

    @Override
    public List<Tensor> build(FoldAspp.Options options, Features input, Scope scope) {
      return build(options, Map.of(), input, scope);
    }

    @Override
    public List<Tensor> build(
        FoldAspp.Options options, Map<String, String> theirs, Features input, Scope scope) {
      Tensor encoder = input.map(0);
      Tensor decoder = input.map(1).resizeTo(encoder, false);
      Tensor transition = input.map(2);
      Tensor gates = gates("gate", encoder, decoder, numbers(theirs, "mids"), scope);
      Tensor sum = decoder.plus(transition.times(gates.slice(1, 0, 1)));
      List<Integer> out = numbers(theirs, "out");
      int channels = out.isEmpty() ? transition.channels() : out.get(0);
      return List.of(Layers.convNormPrelu("gated", sum, channels, Window.of(3), scope), gates);
    }

    private static List<Integer> numbers(Map<String, String> theirs, String option) {
      String value = theirs.getOrDefault(option, "[]");
      List<Integer> numbers = new ArrayList<>();
      try {
        for (String number : value.replaceAll("[\\[\\] ]", "").split(",")) {
          if (!number.isEmpty()) {
            numbers.add(Integer.valueOf(number));
          }
        }
      } catch (NumberFormatException e) {
        throw new InlayException("%s is %s; it must be whole numbers.".formatted(option, value), e);
      }
      return numbers;
    }
  }
}
