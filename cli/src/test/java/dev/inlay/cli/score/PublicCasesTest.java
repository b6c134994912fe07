package dev.inlay.cli.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.inlay.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of public reports that a prediction once took wrongly, or refused without a reason. */
final class PublicCasesTest {

  private static final String SHARED = System.getProperty("inlay.shared", "");

  @TempDir Path temp;
  private Path model = Path.of("");

  private static Path given(String name) {
    return Path.of(SHARED).resolve("cases").resolve(name);
  }

  /** Photos whose orientation tag turns them have labels that are turned already. */
  @BeforeEach
  void aNetworkIsTrainedOnPhotosThatLieOnTheirSide() {
    assumeTrue(!SHARED.isBlank(), "the cases are given with -Dinlay.shared=FOLDER");
    Path runs = temp.resolve("run");
    Run trained =
        Run.inlay(
            "train",
            "--network",
            "resnet18(width=4, stride=32) | fcn",
            "--data",
            given("exif-90").toString(),
            "--out",
            runs.toString(),
            "--iterations",
            "1",
            "--batch",
            "2",
            "--crop",
            "48x64");
    assertThat(trained.code()).as(trained.err()).isZero();
    model = runs.resolve("last.safetensors");
  }

  private Run predict(Path input) {
    return Run.inlay(
        "predict",
        "--model",
        model.toString(),
        input.toString(),
        "--out",
        temp.resolve("out").toString());
  }

  @Test
  void aPhotoIsTurnedAsItsTagSays() throws IOException {
    Run run = predict(given("exif-90").resolve("exif_6.jpg"));

    assertThat(run.code()).as(run.err()).isZero();
    var labels = ImageIO.read(temp.resolve("out/exif_6_labels.png").toFile());
    var stored = ImageIO.read(given("exif-90").resolve("exif_6.jpg").toFile());
    assertThat(List.of(labels.getWidth(), labels.getHeight()))
        .as("the stored rows are the columns")
        .containsExactly(stored.getHeight(), stored.getWidth());
  }

  @Test
  void whatIsSkippedInAFolderIsCountedAndNamed() {
    Run run = predict(given("folder-skips"));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(temp.resolve("out/a_labels.png")).exists();
    assertThat(temp.resolve("out/b_labels.png")).exists();
    // A format that is read now is no longer skipped.
    if (!Files.exists(temp.resolve("out/c_labels.png"))) {
      assertThat(run.err()).contains("skipped: c.webp (a WebP image, ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      model.h5 | is an HDF5 file | Save its images as PNG
      model.onnx | is an ONNX program | Give an image as
      model.safetensors.index.json | is the index of a model in several files | Give an image as
      """)
  void aFileThatIsNoImageIsKnownByItsFirstBytes(String file, String what, String wayOut) {
    Run run = predict(given("other-formats").resolve(file));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(file + " " + what).contains(wayOut);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      model.h5 | is an HDF5 file | Load the weights in Keras or h5py
      model.onnx | is an ONNX program | Give the checkpoint that it was exported from
      model.safetensors.index.json | 'model-00001-of-00002.safetensors' | Fetch them into the same folder
      rgb_bigtiff.tif | is a BigTIFF image | images go to inlay predict
      """)
  void aFileThatHasNoWeightsIsKnownByItsFirstBytes(String file, String what, String wayOut) {
    Run run = Run.inlay("weights", "show", given("other-formats").resolve(file).toString());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(file).contains(what).contains(wayOut);
  }

  @Test
  void aLinkToNothingIsNamedWithWhatItPointsTo() throws IOException {
    Path copy = temp.resolve("data");
    try (Stream<Path> files = Files.walk(given("exif-90"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(given("exif-90").relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    Path image = copy.resolve("val/images/im0.jpg");
    Files.delete(image);
    Files.createSymbolicLink(image, Path.of("gone", "im0.jpg"));

    Run run =
        Run.inlay(
            "evaluate", "--model", model.toString(), "--data", copy.toString(), "--split", "val");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("val/images/im0.jpg")
        .contains(Path.of("gone", "im0.jpg").toString());
  }
}
