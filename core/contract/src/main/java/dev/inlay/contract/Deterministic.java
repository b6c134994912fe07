package dev.inlay.contract;

import dev.inlay.torch.HostArray;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two descriptions are compared as programs, line by line, and two runs value by value. */
final class Deterministic implements Rule {

  private static final double ROUNDING = 1e-6;
  private static final Pattern LINE = Pattern.compile("[\\w$]+\\.(?:java|kt):\\d+");

  @Override
  public String name() {
    return "deterministic";
  }

  @Override
  public String says() {
    return "The same options give the same program, and the same image the same result.";
  }

  @Override
  public Verdict check(Subject subject) {
    int[] size = subject.sizes().get(0);
    HostArray image = Values.images(1, size[0], size[1]);
    for (String options : subject.samples()) {
      TrialNetwork network = subject.network(options);
      String difference =
          difference(network.program(), TrialNetwork.of(subject, options).program());
      if (!difference.isEmpty()) {
        return failed(
            network.toString(),
            "Described twice, the programs differ: %s.".formatted(difference),
            "Describe from the options and the features alone: no random numbers, no time, no order of a HashMap, no state in the technique.",
            difference);
      }
      List<HostArray> first = network.run(image);
      List<HostArray> second = network.run(image);
      for (int i = 0; i < first.size(); i++) {
        double apart = Values.largest(first.get(i).values(), second.get(i).values());
        if (!(apart <= ROUNDING)) {
          return failed(
              network.on(1, size),
              "Output %d of two runs is %.2g apart.".formatted(i, apart),
              "Random values belong to training: use dropout, which is off in inference.",
              network.line(i));
        }
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }

  /** The first line that differs, in both forms; empty if none does. */
  private static String difference(String one, String other) {
    List<String> first = one.lines().toList();
    List<String> second = other.lines().toList();
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      if (!first.get(i).equals(second.get(i))) {
        return "'%s' and '%s'".formatted(first.get(i).strip(), second.get(i).strip());
      }
    }
    return first.size() == second.size()
        ? ""
        : "they have %d and %d lines".formatted(first.size(), second.size());
  }

  private static Verdict failed(String tried, String found, String advice, String place) {
    Matcher line = LINE.matcher(place);
    return Verdict.failed(tried, found, advice, line.find() ? line.group() : "");
  }
}
