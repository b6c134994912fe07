package dev.inlay.contract;

import dev.inlay.torch.HostArray;
import java.util.List;

/** Training normalises over a batch; prediction may not depend on the images beside one. */
final class ImagesAlone implements Rule {

  private static final double TOLERANCE = 1e-4;

  @Override
  public String name() {
    return "images-alone";
  }

  @Override
  public String says() {
    return "In inference, an image's result does not depend on the images beside it.";
  }

  @Override
  public Verdict check(Subject subject) {
    int[] size = subject.sizes().get(0);
    HostArray two = Values.images(2, size[0], size[1]);
    for (String options : subject.samples()) {
      TrialNetwork network = subject.network(options);
      List<HostArray> together = network.run(two);
      for (int image = 0; image < 2; image++) {
        List<HostArray> alone = network.run(Values.one(two, image));
        for (int i = 0; i < alone.size(); i++) {
          float[] part = Values.one(together.get(i), image).values();
          double apart = Values.largest(alone.get(i).values(), part);
          if (!(apart < TOLERANCE)) {
            return Verdict.failed(
                network.on(2, size),
                "Output %d of image %d changes by %.2g of its largest value beside another image; at most %.0e is rounding."
                    .formatted(i, image, apart, TOLERANCE),
                "Reduce over axes 1 to 3 only, and keep axis 0, the batch, out of reshapes and matrix products.",
                network.line(i));
          }
        }
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }
}
