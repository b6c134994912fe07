package dev.inlay.contract;

import dev.inlay.compile.ProgramOptions;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.torch.HostArray;
import java.util.ArrayList;
import java.util.List;

/**
 * A saved model holds its spec as text; what is read from it must compute the same. Networks that
 * have the same program, to the letter, do; others are run.
 */
final class SpecPrinted implements Rule {

  private static final double TOLERANCE = 1e-6;

  @Override
  public String name() {
    return "printed-spec";
  }

  @Override
  public String says() {
    return "A technique stays the same through its printed spec.";
  }

  @Override
  public Verdict check(Subject subject) {
    for (String options : subject.samples()) {
      Object spec = Stated.read(subject, options);
      for (String printed : printed(spec)) {
        Object again = Stated.again(subject, printed);
        if (!again.equals(spec)) {
          return failed(printed, "Read again, it is %s.".formatted(again));
        }
        if (spec instanceof NetworkSpec && again instanceof NetworkSpec second) {
          double apart = apart(subject, subject.network(options), second);
          if (!(apart <= TOLERANCE)) {
            return failed(
                printed, "The outputs of the two networks are %.2g apart.".formatted(apart));
          }
        }
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }

  private static List<String> printed(Object spec) {
    List<String> printed = new ArrayList<>(List.of(spec.toString()));
    if (spec instanceof NetworkSpec network) {
      printed.add(network.toYaml());
    } else if (spec instanceof NetworkSpec.Stage<?> stage) {
      printed.add(stage.inFull());
    }
    return printed;
  }

  private static double apart(Subject subject, TrialNetwork network, NetworkSpec second) {
    TrialNetwork twin = TrialNetwork.of(subject, second);
    if (network.computesAs(twin, network.parameters())) {
      return 0;
    }
    int[] size = subject.sizes().get(0);
    HostArray image = Values.images(1, size[0], size[1]);
    List<HostArray> expected = network.run(image);
    List<HostArray> actual = twin.run(ProgramOptions.INFERENCE, network.parameters(), image);
    double apart = expected.size() == actual.size() ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      apart = Math.max(apart, Values.largest(expected.get(i).values(), actual.get(i).values()));
    }
    return apart;
  }

  private static Verdict failed(String tried, String found) {
    return Verdict.failed(
        tried,
        found,
        "Let the options record hold what was given: its constructor may bring values into one form, and must then leave that form as it is. Keep no state in the technique.",
        "");
  }
}
