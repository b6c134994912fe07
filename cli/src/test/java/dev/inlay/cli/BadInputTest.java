package dev.inlay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.cli.demo.Scenes;
import dev.inlay.data.ClassList;
import dev.inlay.image.LabelMap;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake has its one message, exit code 2, no stack trace, and leaves nothing behind. */
final class BadInputTest {

  private static final String NETWORK = "resnet18(width=4, stride=32) | fcn";

  @TempDir private Path temp;
  private DatasetFolder data;
  private Path out;

  @BeforeEach
  void writeData() throws IOException {
    data = DatasetFolder.write(temp.resolve("data"), 2, 1);
    out = temp.resolve("out");
  }

  private String refused(Run run) {
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    List<String> messages = run.err().lines().filter(l -> l.startsWith("inlay:")).toList();
    assertThat(messages).as(run.err()).hasSize(1);
    assertThat(run.err()).doesNotContain("\tat ", "Exception");
    assertThat(out).doesNotExist();
    return messages.get(0).substring("inlay: ".length());
  }

  /** Trains with good options but for these. */
  private String refusedTraining(String... changed) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--network", NETWORK);
    options.put("--data", data.path().toString());
    options.put("--out", out.toString());
    options.put("--iterations", "1");
    options.put("--batch", "2");
    for (int i = 0; i < changed.length; i += 2) {
      options.put(changed[i], changed[i + 1]);
    }
    List<String> arguments = new ArrayList<>(List.of("train"));
    options.forEach((name, value) -> arguments.addAll(List.of(name, value)));
    return refused(Run.inlay(arguments.toArray(String[]::new)));
  }

  private String refusedImage(Path image) throws IOException {
    return refused(
        Run.inlay(
            "predict", "--model", model().toString(), image.toString(), "--out", out.toString()));
  }

  /** A model with parameters that are nearly fresh, as small as may be. */
  private Path model() throws IOException {
    Path folder = temp.resolve("model");
    if (!Files.exists(folder)) {
      DatasetFolder good = DatasetFolder.write(temp.resolve("good"), 2, 1);
      Run run =
          Run.inlay(
              "train",
              "--network",
              NETWORK,
              "--data",
              good.path().toString(),
              "--out",
              folder.toString(),
              "--iterations",
              "1",
              "--batch",
              "2");
      assertThat(run.code()).as(run.err()).isZero();
    }
    return folder.resolve("last.safetensors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          --iterations; 0; --iterations is 0; it must be 1 or more.
          --iterations; many; --iterations is 'many'; it must be a whole number. See inlay train --help.
          --batch; 0; --batch is 0; it must be 1 or more.
          --rate; -1; --rate is -1.0; it must be more than 0.
          --momentum; 2; --momentum is 2.0; it must be from 0.0 to 1.0.
          --weight-decay; -1; --weight-decay is -1.0; it must be 0 or more.
          --workers; 0; --workers is 0; it must be 1 or more.
          """)
  void numbersOutOfRangeAreRefused(String option, String value, String first, String second) {
    assertThat(refusedTraining(option, value)).isEqualTo(first + "; " + second);
  }

  @Test
  void aCropIsHeightAndWidth() {
    assertThat(refusedTraining("--crop", "240"))
        .isEqualTo("--crop is '240'; it must be HxW, height and width in pixels, as in 240x320.");
    assertThat(refusedTraining("--crop", "0x32"))
        .isEqualTo(
            "The crop is 0x32 (height x width), but each side must be 1 to 16384 pixels."
                + " Correct the crop.");
  }

  @Test
  void aScaleIsARange() {
    assertThat(refusedTraining("--scale", "big"))
        .isEqualTo("--scale is 'big'; it must be the least and the greatest factor, as in 0.5-2.");
    assertThat(refusedTraining("--scale", "2-0.5"))
        .isEqualTo(
            "The scale is 2.0 to 0.5, but the range must ascend and lie within 0.05 to 20, such as"
                + " 0.5 to 2.");
  }

  @Test
  void precisionAndLayoutAreAmongThoseThatThereAre() {
    assertThat(refusedTraining("--precision", "fp8"))
        .isEqualTo("--precision is fp8; it must be one of [fp32, bf16].");
    assertThat(refusedTraining("--layout", "rows"))
        .isEqualTo("--layout is rows; it must be one of [channels-first, channels-last].");
  }

  @Test
  void aSpecWithAMistakeIsShown() {
    Run run =
        Run.inlay(
            "train",
            "--network",
            "resnet18 | fcm",
            "--data",
            data.path().toString(),
            "--out",
            out.toString());

    assertThat(refused(run)).contains("fcm");
    assertThat(run.err()).contains("resnet18 | fcm");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(refused(Run.inlay("train", "--data", "data", "--out", out.toString())))
        .isEqualTo("train needs --network. See inlay train --help.");
    assertThat(refused(Run.inlay("predict", "--model", "m", "--out", out.toString())))
        .isEqualTo("predict needs IMAGE. See inlay predict --help.");
    assertThat(refusedTraining("--batches", "3")).contains("train has no option '--batches'.");
  }

  @Test
  void aSplitThatIsNotThereIsRefused() {
    assertThat(refusedTraining("--val-split", "vale"))
        .isEqualTo(
            data.path().resolve("dataset.yaml")
                + " has no split 'vale'. Did you mean 'val'? Splits: train, val.");
  }

  @Test
  void aFolderWithoutADescriptionIsRefused() throws IOException {
    Files.delete(data.path().resolve("dataset.yaml"));

    assertThat(refusedTraining())
        .startsWith(data.path().resolve("dataset.yaml") + " does not exist, but a dataset needs");
  }

  @Test
  void anEmptySplitIsRefused() throws IOException {
    Files.delete(data.image("val", 0));

    assertThat(refusedTraining())
        .startsWith(data.path().resolve("val/images") + " holds no images");
  }

  @Test
  void aPlaceThatIsAFileIsRefusedBeforeAnyWork() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "here");
    String message = file + " is a file, but a folder is needed there. Name another place.";

    assertThat(refusedTraining("--out", file.resolve("runs").toString())).isEqualTo(message);
    assertThat(refused(Run.inlay("demo", "--out", file.toString()))).isEqualTo(message);
    Run prediction = Run.inlay("predict", "--model", "none", "x.png", "--out", file.toString());
    assertThat(refused(prediction)).isEqualTo(message);
    assertThat(file).hasContent("here");
  }

  @Test
  void aDeviceThatIsNotThereIsRefused() {
    assertThat(refusedTraining("--device", "gpu7")).startsWith("The device gpu7 is not there");
    assertThat(refusedTraining("--device", "tpu"))
        .isEqualTo("The device is 'tpu'; it must be auto, cpu, gpu0, gpu1 and so on.");
  }

  @Test
  void aBatchTooSmallForTheNetworkIsRefusedBeforeAnyWork() {
    String message = refusedTraining("--network", "resnet18(width=4) | ppm | fcn", "--batch", "1");

    assertThat(message)
        .matches(
            "The batch is 1 and the crop 32x40, so that the batch normalisation of ppm"
                + " \\(Ppm.java:\\d+\\) would see one value per channel while training."
                + " Take a batch of 2 or more for this network.");
  }

  @Test
  void labelsOutsideTheClassesAreRefused() throws IOException {
    byte[] ids = new byte[DatasetFolder.WIDTH * DatasetFolder.HEIGHT];
    ids[DatasetFolder.WIDTH + 5] = 9;
    ClassList classes = Scenes.classes();
    LabelMap labels = new LabelMap(DatasetFolder.WIDTH, DatasetFolder.HEIGHT, ids);
    labels.write(data.label("train", 1), classes);

    assertThat(refusedTraining())
        .isEqualTo(
            data.label("train", 1)
                + " has the label 9 at (x=5, y=1), but dataset.yaml names 6 classes (0 to 5) and"
                + " ignores 255. Correct the label, add the class, or map it: labels: {map: {9:"
                + " ignore}}.");

    labels.write(data.label("val", 0), classes);
    assertThat(
            refused(
                Run.inlay(
                    "evaluate", "--model", model().toString(), "--data", data.path().toString())))
        .startsWith(data.label("val", 0) + " has the label 9 at (x=5, y=1)");
  }

  @Test
  void labelsOfAnotherSizeOrKindAreRefused() throws IOException {
    Path label = data.label("train", 0);
    DatasetFolder.picture(label, 10, 10, BufferedImage.TYPE_BYTE_GRAY);
    assertThat(refusedTraining()).startsWith(label + " is 10x10, but its image ");

    DatasetFolder.picture(
        label, DatasetFolder.WIDTH, DatasetFolder.HEIGHT, BufferedImage.TYPE_INT_RGB);
    assertThat(refusedTraining()).startsWith(label + " is a colour PNG (RGB), but a label map");

    DatasetFolder.picture(
        label, DatasetFolder.WIDTH, DatasetFolder.HEIGHT, BufferedImage.TYPE_USHORT_GRAY);
    assertThat(refusedTraining()).startsWith(label + " is a PNG with 16 bits per pixel, but");
  }

  @Test
  void emptyPathsAreRefused() {
    assertThat(
            refused(Run.inlay("predict", "--model", "m.safetensors", "", "--out", out.toString())))
        .contains("(IMAGE)", "The path is empty. Give a file or a folder; the current folder is");
    assertThat(refused(Run.inlay("evaluate", "--model", "m.safetensors", "--data", "")))
        .contains("'--data'", "The path is empty. Give a file or a folder; the current folder is");
  }

  @Test
  void badImagesAreRefused() throws IOException {
    Path image = temp.resolve("image.png");
    assertThat(refusedImage(image)).isEqualTo(image + " does not exist. Check the path.");

    DatasetFolder.picture(image, 1, 1, BufferedImage.TYPE_INT_RGB);
    assertThat(refusedImage(image))
        .isEqualTo(
            image + " is 1x1, but an image needs at least 2 pixels each way. Use a larger image.");

    DatasetFolder.picture(image, 20, 20, BufferedImage.TYPE_USHORT_GRAY);
    assertThat(refusedImage(image))
        .isEqualTo(
            image
                + " has 16 bits per channel, but images have 8. Save it with 8 bits per channel.");

    byte[] whole = Files.readAllBytes(data.image("val", 0));
    Files.write(image, Arrays.copyOf(whole, whole.length / 2));
    assertThat(refusedImage(image)).startsWith(image + " is damaged or cut off (");

    Path inks = temp.resolve("inks.jpg");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var stream = ImageIO.createImageOutputStream(inks.toFile())) {
      writer.setOutput(stream);
      Raster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
      writer.write(new IIOImage(raster, null, null));
    }
    writer.dispose();
    assertThat(refusedImage(inks)).startsWith(inks + " is a CMYK image");

    Path empty = Files.createDirectory(temp.resolve("empty"));
    assertThat(refusedImage(empty))
        .isEqualTo(empty + " holds no images (jpg, png, bmp, gif, tif). Name a folder of images.");
  }

  @Test
  void theOpacityIsAShare() {
    assertThat(
            refused(
                Run.inlay(
                    "predict",
                    "--model",
                    "none",
                    "x.png",
                    "--out",
                    out.toString(),
                    "--opacity",
                    "2")))
        .isEqualTo("--opacity is 2.0; it must be from 0.0 to 1.0.");
  }

  @Test
  void whatIsNoModelIsRefused() throws IOException {
    Path none = temp.resolve("none.safetensors");
    Path image = data.image("val", 0);
    List<String> wrong = new ArrayList<>();
    wrong.add(refusedModel(none, image));
    Files.writeString(none, "this is no model, but a text");
    wrong.add(refusedModel(none, image));
    byte[] whole = Files.readAllBytes(model());
    Files.write(none, Arrays.copyOf(whole, whole.length - 100));
    wrong.add(refusedModel(none, image));

    assertThat(wrong).doesNotHaveDuplicates().allMatch(m -> m.startsWith(none.toString()));
    assertThat(wrong.get(0)).contains("does not exist");
  }

  private String refusedModel(Path model, Path image) {
    refused(Run.inlay("evaluate", "--model", model.toString(), "--data", data.path().toString()));
    return refused(
        Run.inlay(
            "predict", "--model", model.toString(), image.toString(), "--out", out.toString()));
  }

  @Test
  void aModelWithOtherClassesThanTheDatasetIsRefused() throws IOException {
    Path model = model();
    data.describe(
        new ClassList(Scenes.classes().classes().subList(0, 5), ClassList.DEFAULT_IGNORE));

    assertThat(
            refused(
                Run.inlay(
                    "evaluate", "--model", model.toString(), "--data", data.path().toString())))
        .isEqualTo(
            model
                + " tells apart 6 classes (ground, sky, ball, wall, window, beam), but "
                + data.path().resolve("dataset.yaml")
                + " names 5 (ground, sky, ball, wall, window). Score it on a dataset with the"
                + " model's classes.");
  }
}
