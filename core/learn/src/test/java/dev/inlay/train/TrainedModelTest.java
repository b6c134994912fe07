package dev.inlay.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import dev.inlay.predict.SegmentationModel;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.torch.Network;
import dev.inlay.weights.ModelInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model in the hands of a program: several threads use it, and one closes it. */
final class TrainedModelTest {

  private static final String SPEC = "dropping | classes";
  private static final RgbImage IMAGE = new RgbImage(64, 48, new byte[3 * 64 * 48]);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void save() {
    file = folder.resolve("model.safetensors");
    Assembly assembly = Assembly.of(NetworkSpec.parse(SPEC, TrialTraining.TECHNIQUES), 2);
    ModelInfo info =
        new ModelInfo(
            SPEC,
            List.of("dark", "bright"),
            List.of("#000000", "#ffffff"),
            255,
            List.of(1.0, 1.0, 1.0),
            List.of(1.0, 1.0, 1.0),
            Map.of());
    try (Network network = Network.fresh(assembly, "cpu", 1)) {
      network.save(file, info);
    }
  }

  private SegmentationModel open() {
    return SegmentationModel.open(file, TrialTraining.TECHNIQUES, "cpu", ProgramOptions.INFERENCE);
  }

  @Test
  void closedModelSaysSo() {
    SegmentationModel model = open();
    assertThat(model.predict(IMAGE).width()).isEqualTo(64);

    model.close();
    model.close();

    assertThatThrownBy(() -> model.predict(IMAGE))
        .isInstanceOf(InlayException.class)
        .hasMessage("The model is closed. Open it again.");
  }

  @Test
  void closingWaitsForThreadsThatPredict() {
    SegmentationModel model = open();
    LabelMap expected = model.predict(IMAGE);
    List<CompletableFuture<Integer>> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(CompletableFuture.supplyAsync(() -> predictUntilClosed(model, expected)));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(model.predict(IMAGE)).isEqualTo(expected);
    }
    model.close();

    assertThat(threads).allSatisfy(thread -> assertThat(join(thread)).isPositive());
  }

  private static int predictUntilClosed(SegmentationModel model, LabelMap expected) {
    for (int done = 0; ; done++) {
      try {
        assertThat(model.predict(IMAGE)).isEqualTo(expected);
      } catch (InlayException e) {
        assertThat(e).hasMessage("The model is closed. Open it again.");
        return done;
      }
    }
  }

  private static int join(CompletableFuture<Integer> thread) {
    try {
      return thread.join();
    } catch (CompletionException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
