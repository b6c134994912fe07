package dev.inlay.contract;

import dev.inlay.InlayException;
import dev.inlay.Labels;
import dev.inlay.Preparation;
import dev.inlay.assemble.StagePreparation;
import dev.inlay.graph.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What a decoder computes from labels before training becomes parameters of its stage. */
final class Prepares implements Rule {

  private static final int IGNORED = 255;
  private static final int MOST_PASSES = 50;
  private static final int[][] SIZES = {{96, 128}, {33, 45}, {1, 1}};

  @Override
  public String name() {
    return "preparation";
  }

  @Override
  public String says() {
    return "A preparation ends, gives finite parameters of the stage, and the same each time.";
  }

  @Override
  public Verdict check(Subject subject) {
    int prepared = 0;
    for (String options : subject.samples()) {
      TrialNetwork network = subject.network(options);
      if (!prepares(network)) {
        continue;
      }
      prepared++;
      String found = found(network);
      if (!found.isEmpty()) {
        return Verdict.failed(
            network + ", labels of %s".formatted(Arrays.deepToString(SIZES)),
            found,
            "Return the stage's own parameters by their names in its scope, computed from the labels alone; end after a fixed number of passes.",
            "");
      }
    }
    return prepared == 0
        ? Verdict.doesNotApply("The technique prepares nothing from labels.")
        : Verdict.passed("%d samples of options".formatted(prepared));
  }

  /** Whether there is a preparation; it may refuse options that need too much memory. */
  private static boolean prepares(TrialNetwork network) {
    try {
      return network.assembly().preparation().isPresent();
    } catch (InlayException e) {
      if (Refusals.isFault(e)) {
        throw e;
      }
      return false;
    }
  }

  private static String found(TrialNetwork network) {
    Map<String, float[]> first = parameters(network, false);
    Map<String, float[]> second = parameters(network, false);
    if (first.isEmpty()) {
      return "It gives no parameters, or does not end within %d passes.".formatted(MOST_PASSES);
    }
    Map<String, Parameter> known = network.assembly().graph().parameters();
    for (Map.Entry<String, float[]> each : first.entrySet()) {
      String name = network.stage() + "." + each.getKey();
      Parameter parameter = known.get(name);
      if (parameter == null) {
        return "It gives '%s', which is no parameter of the stage.".formatted(each.getKey());
      }
      if (parameter.size() != each.getValue().length) {
        return "It gives %d values for '%s', which has the shape %s."
            .formatted(each.getValue().length, each.getKey(), parameter.shape());
      }
      if (Values.notFinite(each.getValue()) > 0) {
        return "Its '%s' has NaN or infinite values.".formatted(each.getKey());
      }
      if (!Arrays.equals(each.getValue(), second.get(each.getKey()))) {
        return "Its '%s' has other values at each try.".formatted(each.getKey());
      }
    }
    try {
      for (float[] value : parameters(network, true).values()) {
        if (Values.notFinite(value) > 0) {
          return "Labels that are all ignored give NaN or infinite values; refuse them with an InlayException.";
        }
      }
    } catch (InlayException e) {
      return ""; // Nothing can be learnt from no labels, and it says so.
    }
    return "";
  }

  /** What a new preparation gives; empty if it does not end. */
  private static Map<String, float[]> parameters(TrialNetwork network, boolean ignored) {
    Optional<StagePreparation> stage = network.assembly().preparation();
    Preparation preparation = stage.orElseThrow().preparation();
    List<Labels> maps =
        Arrays.stream(SIZES).map(size -> labels(size[0], size[1], ignored)).toList();
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      maps.forEach(preparation::see);
      if (!preparation.again()) {
        return preparation.parameters();
      }
    }
    return Map.of();
  }

  /** Rectangles of random classes, with ignored pixels between them. */
  private static Labels labels(int height, int width, boolean ignored) {
    Random random = new Random(height);
    byte[] ids = new byte[height * width];
    Arrays.fill(ids, (byte) (ignored ? IGNORED : 0));
    for (int i = 0; i < 40 && !ignored; i++) {
      int top = random.nextInt(height);
      int left = random.nextInt(width);
      int id = i % 8 == 0 ? IGNORED : random.nextInt(TrialNetwork.CLASSES);
      for (int y = top; y < Math.min(height, top + 20); y++) {
        Arrays.fill(ids, y * width + left, y * width + Math.min(width, left + 30), (byte) id);
      }
    }
    return new Labels(width, height, ids, IGNORED);
  }
}
