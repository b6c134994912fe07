package dev.inlay.pytorch;

import dev.inlay.pickle.Dict;
import dev.inlay.pickle.FileErrors;
import dev.inlay.pickle.Scalar;
import dev.inlay.pickle.StoredTensor;
import dev.inlay.pytorch.WeightSet.Kind;
import dev.inlay.weights.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A second set of parameters in buffers of the same state dict, as the EMAHook of mmcv 0.x and 1.x
 * keeps it: the buffer of {@code backbone.conv1.weight} is {@code ema_backbone_conv1_weight}. Only
 * parameters have one; running statistics are common to both sets.
 *
 * <p>The buffers are the average where the runner counts iterations, as mmsegmentation's does. A
 * runner that counts epochs exchanges both sets before it saves, so that the buffers are then the
 * weights of the last step.
 */
final class BufferedAverage {

  private static final String BEGIN = "ema_";
  private static final int LEAST_SHARE = 4;
  private static final String EPOCHS = "EpochBasedRunner";

  private final StateDict both;
  private final Map<String, StoredTensor> plain = new LinkedHashMap<>();
  private final Map<String, StoredTensor> buffers = new LinkedHashMap<>();

  private BufferedAverage(StateDict both) {
    this.both = both;
    both.tensors()
        .forEach(
            (name, tensor) ->
                (name.startsWith(BEGIN) && name.indexOf('.') < 0 ? buffers : plain)
                    .put(name, tensor));
  }

  /**
   * The two sets; null if most parameters have no buffer, or most names that begin like buffers
   * belong to no parameter.
   */
  static @Nullable BufferedAverage of(StateDict both) {
    BufferedAverage average = new BufferedAverage(both);
    long known =
        average.plain.keySet().stream()
            .map(BufferedAverage::buffer)
            .filter(average.buffers::containsKey)
            .count();
    // A normalised convolution has three parameters and three tensors that are none.
    boolean whole = LEAST_SHARE * known > average.plain.size();
    return whole && 2 * known > average.buffers.size() ? average : null;
  }

  private static String buffer(String name) {
    return BEGIN + name.replace('.', '_');
  }

  /**
   * One of the sets.
   *
   * @param top the checkpoint, whose configuration may name the runner
   * @param wanted the set to take; null takes the one under the usual names
   */
  StateDict choose(Dict top, @Nullable Kind wanted, FileErrors errors) {
    Kind usual = countsEpochs(top) ? Kind.EMA : Kind.RAW;
    String begin = BEGIN + "*";
    if (wanted == null || wanted == usual) {
      return with(plain, new WeightSet(usual, "the names without " + begin, Optional.of(begin)));
    }
    return with(
        ofBuffers(errors), new WeightSet(wanted, begin, Optional.of("the names without " + begin)));
  }

  private StateDict with(Map<String, StoredTensor> tensors, WeightSet set) {
    return new StateDict(both.place(), both.prefix(), both.dict(), tensors, set);
  }

  /** The buffers under the names of their parameters, and what has no buffer. */
  private Map<String, StoredTensor> ofBuffers(FileErrors errors) {
    Map<String, StoredTensor> taken = new LinkedHashMap<>();
    Map<String, String> owners = new LinkedHashMap<>();
    plain.forEach(
        (name, tensor) -> {
          String buffer = buffer(name);
          StoredTensor second = buffers.get(buffer);
          String other = second == null ? null : owners.put(buffer, name);
          if (other != null) {
            throw errors.of(
                "its second set of weights is ambiguous: %s belongs to %s and to %s. Leave --weights out."
                    .formatted(Text.quoted(buffer), Text.quoted(other), Text.quoted(name)));
          }
          taken.put(name, second == null ? tensor : second);
        });
    buffers.forEach(
        (name, tensor) -> {
          if (!owners.containsKey(name)) {
            taken.put(name, tensor);
          }
        });
    return taken;
  }

  /** Whether the configuration, a text under {@code meta}, has a runner that counts epochs. */
  private static boolean countsEpochs(Dict top) {
    return top.entries().get("meta") instanceof Dict meta
        && meta.entries().get("config") instanceof Scalar config
        && config.content() instanceof String text
        && text.contains(EPOCHS);
  }
}
