package dev.inlay.contract;

import dev.inlay.compile.ProgramOptions;
import dev.inlay.torch.HostArray;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** The outputs of two forms of one program, compared for all samples of options. */
final class Agreement {

  /** A form of the program. */
  record Form(String words, ProgramOptions options) {}

  private Agreement() {}

  static Verdict check(
      Subject subject,
      List<Form> forms,
      ToDoubleBiFunction<float[], float[]> distance,
      double tolerance,
      String advice) {
    int[] size = subject.sizes().get(subject.sizes().size() - 1);
    HostArray images = Values.images(1, size[0], size[1]);
    double worst = 0;
    for (String options : subject.samples()) {
      TrialNetwork network = subject.network(options);
      List<HostArray> plain = network.run(images);
      for (Form form : forms) {
        List<HostArray> made = network.run(form.options(), network.parameters(), images);
        for (int i = 0; i < plain.size(); i++) {
          double apart = distance.applyAsDouble(plain.get(i).values(), made.get(i).values());
          if (!(apart <= tolerance)) {
            return Verdict.failed(
                network.on(1, size) + ", " + form.words(),
                "Output %d is %.2g apart from that in float32, as a part of its values; at most %s is rounding."
                    .formatted(i, apart, tolerance),
                advice,
                network.line(i));
          }
          worst = Math.max(worst, apart);
        }
      }
    }
    return Verdict.passed("%.2g apart at most".formatted(worst));
  }
}
