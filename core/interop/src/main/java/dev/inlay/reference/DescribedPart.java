package dev.inlay.reference;

import dev.inlay.spec.NetworkSpec.Stage;
import java.util.List;
import java.util.Map;

/**
 * A part of a reference, as stages.
 *
 * @param prefix the prefix of the reference's keys, such as {@code decode_head.}
 * @param stages the stages that compute the same
 * @param renamed the prefixes, after {@code prefix}, of keys with other names in the stages, and
 *     their prefixes in the stages
 */
public record DescribedPart(String prefix, List<Stage<?>> stages, Map<String, String> renamed) {

  public DescribedPart {
    stages = List.copyOf(stages);
  }
}
