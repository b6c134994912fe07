package dev.inlay.reference;

import dev.inlay.spec.NetworkSpec.Stage;
import java.util.List;
import java.util.Map;

/**
 * A part of a reference as stages.
 *
 * @param prefix what the reference's keys begin with, {@code decode_head.}
 * @param stages the stages that compute the same
 * @param renamed beginnings of the reference's keys after the prefix, and what they are in the
 *     stages
 */
public record DescribedPart(String prefix, List<Stage<?>> stages, Map<String, String> renamed) {

  public DescribedPart {
    stages = List.copyOf(stages);
  }
}
