package dev.inlay.contract;

import dev.inlay.InlayException;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.files.Reason;
import dev.inlay.torch.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A model is its spec and its weights; a second network of the spec must make use of them. If it
 * has the first one's program, to the letter, and all values that it reads came back unchanged,
 * both compute the same; else both are run.
 */
final class WeightsSaved implements Rule {

  private static final double TOLERANCE = 1e-6;

  @Override
  public String name() {
    return "saved-weights";
  }

  @Override
  public String says() {
    return "A second network of the spec computes the same with the saved weights.";
  }

  @Override
  public Verdict check(Subject subject) {
    try {
      Path file = Files.createTempFile("inlay-contract", ".safetensors");
      try {
        return check(subject, file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new InlayException(
          "A temporary file cannot be written: %s.".formatted(Reason.of(e)), e);
    }
  }

  private static Verdict check(Subject subject, Path file) {
    int[] size = subject.sizes().get(0);
    HostArray image = Values.images(1, size[0], size[1]);
    for (String options : subject.samples()) {
      TrialNetwork saved = subject.network(options);
      StoredArrays.write(file, saved.parameters());
      Map<String, HostArray> read = StoredArrays.read(file);
      TrialNetwork loaded = TrialNetwork.of(subject, options);
      TreeSet<String> names = new TreeSet<>(loaded.parameters().keySet());
      if (!names.equals(new TreeSet<>(read.keySet()))) {
        names.removeAll(read.keySet());
        return Verdict.failed(
            saved.toString(),
            "The second network has parameters %s that the first did not have.".formatted(names),
            "Make names from the options and the loop's index alone. A technique has no state.",
            "");
      }
      if (saved.computesAs(loaded, read)) {
        continue;
      }
      List<HostArray> expected = saved.run(image);
      List<HostArray> actual = loaded.run(ProgramOptions.INFERENCE, read, image);
      for (int i = 0; i < expected.size(); i++) {
        double apart = Values.largest(expected.get(i).values(), actual.get(i).values());
        if (!(apart <= TOLERANCE)) {
          return Verdict.failed(
              saved.on(1, size),
              "Output %d of the second network is %.2g apart.".formatted(i, apart),
              "Keep what the result depends on in the options or in parameters. A technique has no state.",
              saved.line(i));
        }
      }
    }
    return Verdict.passed("%d samples of options".formatted(subject.samples().size()));
  }
}
