package dev.inlay.reference;

import dev.inlay.Tensor;
import dev.inlay.assemble.Stages;
import java.util.List;
import java.util.Map;

/** A network of a configuration, or a part of one, described on given inputs. */
public sealed interface Described {

  /** The described parts. */
  List<DescribedPart> parts();

  /**
   * A whole network.
   *
   * @param result the decoder's result
   * @param sides the side outputs, which only training needs, by name
   */
  record Network(List<DescribedPart> parts, Stages.Result result, Map<String, Tensor> sides)
      implements Described {}

  /**
   * Stages that are a part of a network.
   *
   * @param result the maps, or the logits if the stages end with a decoder
   */
  record Line(List<DescribedPart> parts, Stages.Result result) implements Described {}

  /**
   * A module inside a technique.
   *
   * @param outputs the outputs, in the reference's order
   */
  record Module(List<DescribedPart> parts, List<Tensor> outputs) implements Described {}
}
