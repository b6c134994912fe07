package dev.inlay.contract;

import dev.inlay.compile.ProgramOptions;
import dev.inlay.torch.HostArray;
import java.util.List;

/** With the values with which training begins, in inference and in training. */
final class ValuesFinite implements Rule {

  @Override
  public String name() {
    return "finite";
  }

  @Override
  public String says() {
    return "All outputs are finite at the start of training, for usual images and for black ones.";
  }

  @Override
  public Verdict check(Subject subject) {
    int[] size = subject.sizes().get(0);
    HostArray usual = Values.images(2, size[0], size[1]);
    HostArray black = new HostArray(usual.shape(), new float[usual.values().length]);
    for (String options : subject.samples()) {
      TrialNetwork network = subject.network(options);
      for (ProgramOptions mode : List.of(ProgramOptions.INFERENCE, ProgramOptions.TRAINING)) {
        List<List<HostArray>> results = network.run(mode, network.initial(), List.of(usual, black));
        for (HostArray images : List.of(usual, black)) {
          List<HostArray> made = results.get(images == black ? 1 : 0);
          for (int i = 0; i < made.size(); i++) {
            long bad = Values.notFinite(made.get(i).values());
            if (bad > 0) {
              return Verdict.failed(
                  network.on(2, size)
                      + (images == black ? ", black ones" : "")
                      + (mode.training() ? ", in training" : ", in inference"),
                  "Output %d has %d values of %d that are NaN or infinite."
                      .formatted(i, bad, made.get(i).values().length),
                  "Bound what is divided by, and the arguments of log, sqrt and pow, with atLeast or a small number that is added.",
                  network.line(i));
            }
          }
        }
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }
}
