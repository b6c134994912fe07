package dev.inlay.reference;

import dev.inlay.Tensor;
import dev.inlay.assemble.Stages;
import java.util.List;
import java.util.Map;

/** What a configuration names, described on given inputs. */
public sealed interface Described {

  /** The parts that it was described as. */
  List<DescribedPart> parts();

  /**
   * A whole network.
   *
   * @param made what its decoder makes
   * @param sides the outputs that only training needs, by name
   */
  record Network(List<DescribedPart> parts, Stages.Result made, Map<String, Tensor> sides)
      implements Described {}

  /**
   * Stages that are part of a network.
   *
   * @param made their maps, or the logits if they end with a decoder
   */
  record Line(List<DescribedPart> parts, Stages.Result made) implements Described {}

  /**
   * A module inside a technique.
   *
   * @param outputs in the order of the reference's
   */
  record Module(List<DescribedPart> parts, List<Tensor> outputs) implements Described {}
}
