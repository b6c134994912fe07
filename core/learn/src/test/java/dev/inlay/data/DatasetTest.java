package dev.inlay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.image.ImageFile;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import dev.inlay.image.TestImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A folder with a {@code dataset.yaml} gives samples, or one message about the mistake. */
final class DatasetTest {
  private static final String GOOD =
      """
      # a comment
      name: Two things
      classes:
        - {name: road, color: "#804080"}
        - {name: car, color: "#400080"}
      ignore: 11
      splits:
        train: {images: train/images, labels: train/labels}
        val: {images: val/images, labels: val/labels}
      """;

  @TempDir Path folder;
  private Path descriptor;

  @BeforeEach
  void writeDataset() throws IOException {
    descriptor = folder.resolve("dataset.yaml");
    Files.writeString(descriptor, GOOD);
    for (String name : new String[] {"b", "a"}) {
      addImage("train", name);
      addLabels("train", name);
    }
  }

  private void addImage(String split, String name) {
    RgbImage image = new RgbImage(3, 2, new byte[18]);
    ImageFile.writePng(
        folder.resolve(split + "/images/" + name + ".png"), TestImages.buffered(image));
  }

  private void addLabels(String split, String name) {
    new LabelMap(3, 2, new byte[] {0, 1, 0, 1, 11, 1})
        .write(folder.resolve(split + "/labels/" + name + ".png"), TestSamples.classes());
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> Dataset.open(folder).split("train"))
        .isInstanceOf(InlayException.class)
        .hasMessage(message.replace("DIR", folder.toString()));
  }

  private void assertYamlRefused(String from, String to, String message) throws IOException {
    assertThat(GOOD).contains(from);
    Files.writeString(descriptor, GOOD.replace(from, to));
    assertRefused("DIR/dataset.yaml" + message);
  }

  @Test
  void readsNamesColoursIgnoredIdAndSplits() {
    DatasetInfo info = Dataset.open(folder).info();
    assertThat(info.name()).isEqualTo("Two things");
    assertThat(info.classes().names()).containsExactly("road", "car");
    assertThat(info.classes().color(0)).isEqualTo(0x804080);
    assertThat(info.classes().classes().get(1).hex()).isEqualTo("#400080");
    assertThat(info.classes().ignore()).isEqualTo(11);
    assertThat(info.splits().keySet()).containsExactly("train", "val");
  }

  @Test
  void pairsImagesWithLabelsInTheOrderOfTheirNames() {
    assertThat(Dataset.open(folder).split("train"))
        .containsExactly(
            new Sample(
                "a", folder.resolve("train/images/a.png"), folder.resolve("train/labels/a.png")),
            new Sample(
                "b", folder.resolve("train/images/b.png"), folder.resolve("train/labels/b.png")));
  }

  @Test
  void readsSamplesAndIgnoresASystemsOwnNotes() throws IOException {
    Files.writeString(folder.resolve("train/images/._a.png"), "note");
    Files.writeString(folder.resolve("train/images/Thumbs.db"), "note");
    SampleSource samples = Dataset.open(folder).samples("train");
    assertThat(samples.size()).isEqualTo(2);
    assertThat(samples.name(1)).isEqualTo("b");
    assertThat(samples.read(0).labels().ids()).containsExactly(0, 1, 0, 1, 11, 1);
  }

  @Test
  void whatTheFolderOfImagesHoldsBesidesIsNamed() throws IOException {
    assertThat(Dataset.open(folder).skipped("train")).isEmpty();
    Files.writeString(folder.resolve("train/images/note.txt"), "note");
    assertThat(Dataset.open(folder).skipped("train"))
        .contains(folder.resolve("train/images") + ": 1 skipped: note.txt (no image).");
  }

  @Test
  void anImageThatIsNotReadIsNamedWhereItIsMissed() throws IOException {
    Files.write(
        folder.resolve("train/images/c.webp"),
        HexFormat.of().parseHex("52494646ffffff00574542505650"));
    addLabels("train", "c");
    assertRefused(
        "DIR/train/labels/c.png has no image: DIR/train/images/c.webp is a WebP image, which is not"
            + " read. Convert the image to PNG or JPEG, or remove the label map.");
  }

  @Test
  void aLinkToNothingSaysWhatItPointsTo() throws IOException {
    Path image = folder.resolve("train/images/a.png");
    Files.delete(image);
    Files.createSymbolicLink(image, Path.of("../gone.png"));
    assertRefused(
        "DIR/train/images/a.png is a link to DIR/train/gone.png, which does not exist. Restore what"
            + " it points to, or remove the link.");
  }

  @Test
  void namesInTwoFormsOfUnicodeArePairedWhereThatIsClear() throws IOException {
    String composed = "caf\u00e9";
    String decomposed = "cafe\u0301";
    addImage("train", composed);
    addLabels("train", decomposed);
    assertThat(Dataset.open(folder).split("train"))
        .contains(
            new Sample(
                composed,
                folder.resolve("train/images/" + composed + ".png"),
                folder.resolve("train/labels/" + decomposed + ".png")));
    addImage("train", decomposed);
    addLabels("train", composed);
    assertThat(Dataset.open(folder).split("train"))
        .hasSize(4)
        .allMatch(
            sample -> String.valueOf(sample.labels().getFileName()).startsWith(sample.name()));
  }

  @Test
  void namesThatDifferInTheirFormAloneAreToldApart() throws IOException {
    String composed = "\u00e9\u00e9";
    String decomposed = "e\u0301e\u0301";
    String mixed = "\u00e9e\u0301";
    addImage("train", composed);
    addImage("train", mixed);
    addLabels("train", decomposed);
    assertRefused(
        "DIR/train/images/%s.png has no label map of its own: several names have its letters in other characters (%s.png is in neither NFC nor NFD, %s.png is in NFD). Rename the images and label maps alike."
            .formatted(mixed, mixed, decomposed));
  }

  @Test
  void aLabelMapThatDoesNotFitATurnedPhotoIsToldSo() throws IOException {
    BufferedImage photo = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
    byte[] jpeg = TestImages.encoded(photo, "jpg");
    byte[] exif =
        HexFormat.of()
            .parseHex("ffe100224578696600004d4d002a00000008000101120003000000010006000000000000");
    ByteBuffer tagged = ByteBuffer.allocate(jpeg.length + exif.length);
    tagged.put(jpeg, 0, 2).put(exif).put(jpeg, 2, jpeg.length - 2);
    Path image = Files.write(folder.resolve("photo.jpg"), tagged.array());
    RgbImage read = ImageFile.read(image);
    LabelCheck.size(new LabelMap(16, 32, new byte[512]), folder, read, image);
    Path labels = folder.resolve("photo.png");
    assertThatThrownBy(
            () -> LabelCheck.size(new LabelMap(32, 16, new byte[512]), labels, read, image))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            labels
                + " is 32x16, but its image "
                + image
                + " is 16x32 after it was turned as its orientation tag says. Turn the label map in"
                + " the same way, or remove the tag from the image.");
    assertThatThrownBy(() -> LabelCheck.size(new LabelMap(8, 8, new byte[64]), labels, read, image))
        .isInstanceOf(InlayException.class)
        .hasMessageEndingWith(
            " is 16x32. Bring both to the same size (labels by nearest neighbour).");
  }

  @Test
  void takes255AsIgnoredAndTheFolderAsNameWhereNobodySaysOtherwise() throws IOException {
    Files.writeString(
        descriptor, GOOD.replace("ignore: 11\n", "").replace("name: Two things\n", ""));
    DatasetInfo info = Dataset.open(folder).info();
    assertThat(info.classes().ignore()).isEqualTo(255);
    assertThat(info.name()).isEqualTo(folder.getFileName().toString());
  }

  @Test
  void saysWhatAMissingDescriptorMustContain() throws IOException {
    Files.delete(descriptor);
    assertThatThrownBy(() -> Dataset.open(folder))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith(descriptor + " does not exist, but a dataset needs one.")
        .hasMessageContaining("train: {images: train/images, labels: train/labels}");
  }

  @Test
  void refusesAMissingFolderAndAFile() {
    Path missing = folder.resolve("no");
    assertThatThrownBy(() -> Dataset.open(missing))
        .hasMessage(missing + " does not exist. Name the folder that holds dataset.yaml.");
    assertThatThrownBy(() -> Dataset.open(descriptor))
        .hasMessage(
            descriptor
                + " is a file, but a dataset is a folder. Name the folder that holds dataset.yaml.");
  }

  @Test
  void refusesWhatIsNotYaml() throws IOException {
    Files.writeString(descriptor, "classes: [a, b\nignore: 3\n");
    assertThatThrownBy(() -> Dataset.open(folder))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith(descriptor + " is not YAML: expected ',' or ']'")
        .hasMessageEndingWith(" at line 2, column 7. Correct the file.");
    Files.write(descriptor, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertRefused("The dataset file DIR/dataset.yaml is not text in UTF-8. Save it as UTF-8.");
  }

  @Test
  void refusesAnEmptyDescriptor() throws IOException {
    Files.writeString(descriptor, "# nothing\n");
    assertThatThrownBy(() -> Dataset.open(folder))
        .isInstanceOf(InlayException.class)
        .hasMessageStartingWith(
            descriptor + " holds no keys, but must name the classes and splits, for example:\n");
  }

  @Test
  void neverMakesJavaObjectsOfYaml() throws IOException {
    Files.writeString(descriptor, GOOD + "x: !!java.net.URL [\"http://localhost\"]\n");
    assertThatThrownBy(() -> Dataset.open(folder))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("Global tag is not allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      ignore: 11 | ignored: 11 | ` has an unknown key 'ignored'. Did you mean 'ignore'? Known keys: name, classes, ignore, images, labels, nested, splits, split.`
      name: road | nmae: road | ` has an unknown key 'classes[0].nmae'. Did you mean 'name'? Known keys: name, color.`
      labels: val/labels | lables: x | ` has an unknown key 'splits.val.lables'. Did you mean 'labels'? Known keys: images, labels, list.`
      name: car | name: road | `: The class 'road' is named twice, but names must differ. Rename one of the two.`
      "#804080" | "#80408" | `: 'classes[0].color' is '#80408', but it is a colour "#rrggbb", in quotes because # begins a comment, such as "#804080".`
      color: "#804080" | color: | `: 'classes[0].color' is missing; it is a colour "#rrggbb", in quotes because # begins a comment, such as "#804080".`
      name: car | name: no | `: 'classes[1].name' is false, but it is the name of a class; put it in quotes.`
      {name: car, color: "#400080"} | [car] | `: 'classes[1]' is [car], but it is a class, written {name: road, color: "#804080"}.`
      ignore: 11 | ignore: 1 | `: The ignored id is 1, but it must be an id that no class has, from 2 to 255.`
      ignore: 11 | ignore: 256 | `: The ignored id is 256, but it must be an id that no class has, from 2 to 255.`
      ignore: 11 | ignore: void | `: 'ignore' is 'void', but it is the label id that neither loss nor scores count, a whole number.`
      , labels: val/labels | `` | `: 'splits.val.labels' is missing; it is a folder, seen from where dataset.yaml lies.`
      {images: val/images, labels: val/labels} | val | `: 'splits.val' is 'val', but it is a split, written {images: FOLDER, labels: FOLDER}.`
      """)
  void refusesEachMistakeByFileKeyAndValue(String from, String to, String message)
      throws IOException {
    assertYamlRefused(from, to, message);
  }

  @Test
  void refusesNoClassesAndNoSplits() throws IOException {
    String classes = GOOD.substring(GOOD.indexOf("  - {"), GOOD.indexOf("ignore"));
    assertYamlRefused(
        "classes:\n" + classes,
        "classes: []\n",
        ": 'classes' is [], but it lists the classes in the order of their label ids, each as"
            + " {name: road, color: \"#804080\"}.");
    assertYamlRefused(
        GOOD.substring(GOOD.indexOf("splits")),
        "",
        ": 'splits' is missing; it names the splits, each as train: {images: FOLDER, labels: FOLDER}.");
  }

  @Test
  void refusesASplitThatIsNotThereAndListsThoseThatAre() {
    assertThatThrownBy(() -> Dataset.open(folder).split("vla"))
        .hasMessage(descriptor + " has no split 'vla'. Did you mean 'val'? Splits: train, val.");
    assertThatThrownBy(() -> Dataset.open(folder).split("holdout"))
        .hasMessage(descriptor + " has no split 'holdout'. Splits: train, val.");
  }

  @Test
  void refusesAFolderThatIsMissingOrEmpty() throws IOException {
    Path images = folder.resolve("val/images");
    assertThatThrownBy(() -> Dataset.open(folder).split("val"))
        .hasMessage(
            images
                + " does not exist. Correct the path in dataset.yaml, or put the images (jpg, png,"
                + " bmp, gif, tif) there.");
    Files.createDirectories(images);
    assertThatThrownBy(() -> Dataset.open(folder).split("val"))
        .hasMessage(
            images
                + " holds no images (jpg, png, bmp, gif, tif). Put them there, or correct the path"
                + " in dataset.yaml.");
  }

  @Test
  void refusesAnImageWithoutLabelsAndLabelsWithoutAnImage() {
    addImage("train", "c");
    assertRefused(
        "DIR/train/images/c.png has no label map: there is no DIR/train/labels/c.png. Add the"
            + " label map, or remove the image.");
    addLabels("train", "c");
    addLabels("train", "d");
    assertRefused(
        "DIR/train/labels/d.png has no image: DIR/train/images holds none of that name. Add the"
            + " image, or remove the label map.");
  }

  @Test
  void refusesAFolderInPlaceOfLabels() throws IOException {
    addImage("train", "c");
    Files.createDirectories(folder.resolve("train/labels/c.png"));
    assertRefused(
        "DIR/train/images/c.png has no label map: DIR/train/labels/c.png is not a file. Put the"
            + " label map there, or remove the image.");
  }

  @Test
  void refusesTwoImagesOfOneName() throws IOException {
    Files.writeString(folder.resolve("train/images/a.JPG"), "x");
    assertRefused(
        "DIR/train/images/a.JPG and a.png have the same name apart from the ending, so it is"
            + " unclear which is meant. Remove one.");
  }

  @Test
  void refusesLabelsOfAnotherSizeThanTheirImage() {
    new LabelMap(2, 2, new byte[4])
        .write(folder.resolve("train/labels/a.png"), TestSamples.classes());
    assertThatThrownBy(() -> Dataset.open(folder).samples("train").read(0))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            "DIR/train/labels/a.png is 2x2, but its image DIR/train/images/a.png is 3x2. Bring both to the same size (labels by nearest neighbour)."
                .replace("DIR", folder.toString()));
  }

  @Test
  void refusesLabelsOutsideTheClasses() {
    Path labels = folder.resolve("train/labels/a.png");
    new LabelMap(3, 2, new byte[] {0, 1, 0, 1, 2, 7}).write(labels, TestSamples.classes());
    assertThatThrownBy(() -> Dataset.open(folder).samples("train").read(0))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            labels
                + " has the label 2 at (x=1, y=1) and wrong labels at 2 pixels in all, but"
                + " dataset.yaml names 2 classes (0 to 1) and ignores 11. Correct the label, add"
                + " the class, or map it: labels: {map: {2: ignore}}.");
  }
}
