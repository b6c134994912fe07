package dev.inlay.contract;

import dev.inlay.InlayException;
import java.util.List;

/** The smallest images that a technique learns from, where it refuses smaller crops. */
final class Crops {

  private static final List<List<int[]>> LADDER =
      List.of(
          Subject.SMALL,
          List.of(new int[] {128, 192}, new int[] {135, 149}),
          List.of(new int[] {256, 288}, new int[] {259, 245}),
          List.of(new int[] {512, 544}, new int[] {515, 499}));

  private Crops() {}

  static List<int[]> accepted(Subject subject) {
    try {
      TrialNetwork network = TrialNetwork.of(subject, "");
      for (List<int[]> sizes : LADDER) {
        if (sizes.stream().allMatch(network::accepts)) {
          return sizes;
        }
      }
    } catch (InlayException e) {
      return Subject.SMALL; // A rule will find the mistake and name it.
    }
    return LADDER.get(LADDER.size() - 1);
  }
}
