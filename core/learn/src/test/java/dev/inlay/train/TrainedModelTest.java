package dev.inlay.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.inlay.InlayException;
import dev.inlay.assemble.Assembly;
import dev.inlay.compile.ProgramOptions;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import dev.inlay.predict.Probabilities;
import dev.inlay.predict.SegmentationModel;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.torch.LogitsProgram;
import dev.inlay.torch.Network;
import dev.inlay.weights.ModelInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.imageio.ImageIO;
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
  void probabilitiesAreTheSoftmaxOfTheLogits() {
    int width = 21;
    int height = 13;
    byte[] rgb = new byte[3 * width * height];
    new Random(4).nextBytes(rgb);
    RgbImage image = new RgbImage(width, height, rgb);
    Assembly assembly = Assembly.of(NetworkSpec.parse(SPEC, TrialTraining.TECHNIQUES), 2);
    FloatBuffer normalised = FloatBuffer.allocate(3 * width * height);
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < width * height; i++) {
        normalised.put((rgb[3 * i + channel] & 255) / 255f - 1);
      }
    }
    float[] logits;
    try (Network network = Network.fresh(assembly, "cpu", 1);
        LogitsProgram program = network.logitsOnly(ProgramOptions.INFERENCE)) {
      logits = program.logits(normalised.rewind(), 1, height, width).values();
    }
    try (SegmentationModel model = open()) {
      Probabilities probabilities = model.probabilities(image);
      LabelMap labels = model.predict(image);
      assertThat(probabilities.values()).hasSize(2 * width * height);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int at = y * width + x;
          double dark = Math.exp(logits[at]);
          double bright = Math.exp(logits[width * height + at]);
          double expected = bright / (dark + bright);
          assertThat((double) probabilities.of(1, x, y)).isCloseTo(expected, within(1e-6));
          assertThat((double) probabilities.of(0, x, y)).isCloseTo(1 - expected, within(1e-6));
          assertThat(labels.id(x, y)).isEqualTo(expected > 0.5 ? 1 : 0);
        }
      }
      assertThatThrownBy(() -> probabilities.of(2, 0, 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void picturesStreamsAndBytesArePredictedAsImagesAre() throws IOException {
    byte[] rgb = new byte[3 * 21 * 13];
    new Random(4).nextBytes(rgb);
    RgbImage image = new RgbImage(21, 13, rgb);
    Path photo = folder.resolve("photo.png");
    image.write(photo);
    byte[] bytes = Files.readAllBytes(photo);
    try (SegmentationModel model = open()) {
      LabelMap expected = model.predict(image);
      assertThat(model.predict(ImageIO.read(photo.toFile()))).isEqualTo(expected);
      assertThat(model.predict(new ByteArrayInputStream(bytes))).isEqualTo(expected);
      assertThat(model.predict(bytes)).isEqualTo(expected);
    }
  }

  @Test
  void foldedModelsSayThatTheyHaveNoProbabilities() {
    ProgramOptions folded = ProgramOptions.INFERENCE.folded();
    try (SegmentationModel model =
        SegmentationModel.open(file, TrialTraining.TECHNIQUES, "cpu", folded)) {
      assertThatThrownBy(() -> model.probabilities(IMAGE))
          .isInstanceOf(InlayException.class)
          .hasMessageContaining("Open it with ProgramOptions.INFERENCE.");
      assertThat(model.predict(IMAGE).width()).isEqualTo(64);
    }
  }

  @Test
  void techniquesThatAreNotOnTheClassPathAreNamed() {
    assertThatThrownBy(() -> SegmentationModel.open(file))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("dropping")
        .hasMessageContaining("class path");
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
