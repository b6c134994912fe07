package dev.inlay.contract;

import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.torch.Computation;
import dev.inlay.torch.HostArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A technique may refuse features that it cannot work with; what it accepts must run, with images
 * of any size. Seeds count from 0, so that a failure comes again.
 */
final class RandomNetworks implements Rule {

  private static final int ASSEMBLED = 8;
  private static final int RUN = 2;
  private static final int MOST_PIXELS = 160 * 160;

  @Override
  public String name() {
    return "random-networks";
  }

  @Override
  public String says() {
    return "Beside random other techniques, at random odd sizes and batches, it refuses or runs.";
  }

  @Override
  public Verdict check(Subject subject) {
    RandomSpecs specs = new RandomSpecs(subject);
    List<String> run = new ArrayList<>();
    int assembled = 0;
    String refusal = "";
    for (long seed = 0; seed < ASSEMBLED; seed++) {
      String spec = specs.of(seed);
      String tried = "seed %d: %s".formatted(seed, spec);
      TrialNetwork network;
      try {
        network = TrialNetwork.of(subject, NetworkSpec.parse(spec, subject.techniques()));
        assembled++;
      } catch (InlayException e) {
        if (Refusals.isFault(e) && specs.blames(String.valueOf(e.getMessage()))) {
          return failed(tried, FailureWords.found(e), FailureWords.line(e));
        }
        refusal = refusal.isEmpty() ? String.valueOf(e.getMessage()) : refusal;
        continue;
      }
      if (run.size() < RUN) {
        Verdict verdict = run(network, tried, new Random(seed), specs);
        if (verdict.outcome() == Verdict.Outcome.FAILED) {
          return verdict;
        }
        if (verdict.outcome() == Verdict.Outcome.PASSED) {
          run.add(verdict.tried());
        }
      }
    }
    return assembled == 0
        ? failed("%d random networks".formatted(ASSEMBLED), "All are refused: " + refusal, "")
        : Verdict.passed(
            "%d assembled, %d refused, run: %s"
                .formatted(assembled, ASSEMBLED - assembled, String.join("; ", run)));
  }

  private static Verdict run(TrialNetwork network, String tried, Random random, RandomSpecs specs) {
    int batch = 1 + random.nextInt(3);
    int[] size = {65 + 2 * random.nextInt(24), 65 + 2 * random.nextInt(24)};
    for (int factor = 2; !network.accepts(size) && size[0] * size[1] < MOST_PIXELS; factor++) {
      size = new int[] {factor * size[0] + 1 - factor % 2, factor * size[1] + 1 - factor % 2};
    }
    if (!network.accepts(size)) {
      return Verdict.doesNotApply("The network needs larger images.");
    }
    String on = "%s, on images %dx3x%dx%d".formatted(tried, batch, size[0], size[1]);
    List<Tensor> outputs = new ArrayList<>(network.outputs());
    outputs.add(network.assembly().fullLogits());
    try (Computation computation =
        new Computation(
            network.assembly().graph(), outputs, ProgramOptions.INFERENCE, network.parameters())) {
      List<HostArray> made =
          computation.run(Map.of(Assembly.IMAGE, Values.images(batch, size[0], size[1])));
      Map<String, Long> symbols = DeclaredIsMeasured.symbols(batch, size);
      for (int i = 0; i < made.size(); i++) {
        long[] declared =
            outputs.get(i).shape().stream().mapToLong(each -> each.value(symbols)).toArray();
        HostArray expected = new HostArray(declared, new float[Values.size(declared)]);
        if (!made.get(i).toString().equals(expected.toString())) {
          return failed(
              on, "Output %d is an %s, declared as an %s.".formatted(i, made.get(i), expected), "");
        }
        if (Values.notFinite(made.get(i).values()) > 0) {
          return failed(on, "Output %d has NaN or infinite values.".formatted(i), "");
        }
      }
    } catch (RuntimeException e) {
      String found = FailureWords.found(e);
      return specs.blames(found)
          ? failed(on, found, FailureWords.line(e))
          : Verdict.doesNotApply(found);
    }
    return Verdict.passed(on);
  }

  private static Verdict failed(String tried, String found, String line) {
    return Verdict.failed(
        tried,
        found,
        "Compute sizes from the features by Dim, channels by channels(), and refuse features that do not fit by an InlayException, with Check.that. See the network with 'inlay summary'.",
        line);
  }
}
