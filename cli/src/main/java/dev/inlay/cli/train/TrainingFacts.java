package dev.inlay.cli.train;

import dev.inlay.InlayException;
import dev.inlay.cli.common.Workbench;
import dev.inlay.data.SampleSource;
import dev.inlay.torch.Torch;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a training's numbers depend on besides its options: the data and the machine. */
final class TrainingFacts {

  private static final int DIGITS = 16;

  private TrainingFacts() {}

  /** The facts of this machine and this data. */
  static Map<String, String> of(Workbench bench, SampleSource train, SampleSource heldOut) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("training images", names(train));
    facts.put("held-out images", names(heldOut));
    facts.put("device", Torch.device(bench.options().device()));
    facts.put("engine threads", Integer.toString(Torch.threads()));
    facts.put("engine", "PyTorch " + Torch.version());
    facts.put(
        "system", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""));
    return facts;
  }

  /**
   * Requires the data of a training that is resumed, and warns of another machine.
   *
   * @throws InlayException if the images are others
   */
  static void compare(Map<String, String> then, Map<String, String> now, Workbench bench) {
    for (Map.Entry<String, String> fact : now.entrySet()) {
      String before = then.getOrDefault(fact.getKey(), fact.getValue());
      if (before.equals(fact.getValue())) {
        continue;
      }
      if (fact.getKey().endsWith("images")) {
        throw new InlayException(
            "The %s have changed since the training began: then %s, now %s. Restore the dataset, or begin a new training with --weights of its last model."
                .formatted(fact.getKey(), before, fact.getValue()));
      }
      bench.warn(
          "The training began with %s '%s' and goes on with '%s'; its numbers will differ in their last digits from those of a training without a break."
              .formatted(fact.getKey(), before, fact.getValue()));
    }
  }

  private static String names(SampleSource samples) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int i = 0; i < samples.size(); i++) {
        digest.update((samples.name(i) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      String sum = HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
      return "%d, names %s".formatted(samples.size(), sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
