package dev.inlay.data.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inlay.data.Dataset;
import dev.inlay.data.SmallDataset;
import dev.inlay.image.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a dataset before the first step of a training. */
final class TrainingCheckTest {
  private static final int[] ALL = {0, 0, 0, 1, 1, 2, 2, 255};

  @TempDir Path folder;
  private SmallDataset data;

  @BeforeEach
  void writeData() throws IOException {
    data = new SmallDataset(folder);
    for (String split : List.of("train", "val")) {
      for (String name : List.of("a", "b")) {
        data.image(split + "/images/" + name + ".png", (split + name).hashCode());
        data.grey(split + "/labels/" + name + ".png", ALL);
      }
    }
    describe("classes: [sky, road, car]\n");
  }

  private void describe(String classes) throws IOException {
    data.describe(
        classes
            + """
            splits:
              train: {images: train/images, labels: train/labels}
              val: {images: val/images, labels: val/labels}
            """);
  }

  private void fill(String split, int... ids) throws IOException {
    data.grey(split + "/labels/a.png", ids).grey(split + "/labels/b.png", ids);
  }

  private List<Concern> concerns() {
    Dataset dataset = data.open();
    SplitScan scan = SplitScan.ofLabels(dataset);
    return TrainingCheck.of(
        dataset, scan.scan("train", (d, a, n) -> {}), scan.scan("val", (d, a, n) -> {}));
  }

  private void one(Concern.Weight weight, String message) {
    assertThat(concerns())
        .containsExactly(new Concern(weight, message.replace("DIR", folder.toString())));
  }

  @Test
  void nothingIsSaidOfGoodData() {
    assertThat(concerns()).isEmpty();
  }

  @Test
  void aClassThatIsNowhereIsNamedWithTheIgnoredPixels() throws IOException {
    fill("train", 0, 0, 0, 0, 1, 1, 255, 255);
    one(
        Concern.Weight.NOTE,
        "Class 'car' occurs nowhere in 'train' while 4 pixels are 255 and ignored. If 255 is 'car',"
            + " write labels: {map: {255: car}} in dataset.yaml.");
    describe("classes: [sky, road, car]\nignore: [254, 255]\n");
    fill("train", 0, 0, 0, 1, 1, 255, 255, 254);
    one(
        Concern.Weight.NOTE,
        "Class 'car' occurs nowhere in 'train' while 6 pixels are 255 or 254 and ignored. If 255 is"
            + " 'car', write labels: {map: {255: car}} in dataset.yaml.");
  }

  @Test
  void whereOneClassIsLeftTheTrainingIsDoubted() throws IOException {
    describe("classes: [background, road]\n");
    fill("train", 0, 0, 0, 0, 0, 255, 255, 255);
    fill("val", 0, 0, 0, 0, 0, 255, 255, 255);
    one(
        Concern.Weight.DOUBT,
        "Class 'road' occurs nowhere in 'train' while 6 pixels are 255 and ignored. Only"
            + " 'background' is left, so that there is nothing to tell apart. If 255 is 'road',"
            + " write labels: {map: {255: road}} in dataset.yaml.");
    describe("classes: [background, road]\nlabels: {map: {255: road}}\n");
    assertThat(concerns()).isEmpty();
  }

  @Test
  void aClassThatValidationLacksIsTold() throws IOException {
    fill("val", 0, 0, 0, 0, 2, 2, 2, 2);
    one(
        Concern.Weight.NOTE,
        "Class 'road' occurs nowhere in 'val'. What a model makes of it is not scored.");
  }

  @Test
  void oneClassIsDoubted() throws IOException {
    describe("classes: [road]\n");
    fill("train", 0, 0, 0, 0, 0, 0, 0, 255);
    fill("val", 0, 0, 0, 0, 0, 0, 0, 255);
    one(
        Concern.Weight.DOUBT,
        "dataset.yaml names one class, 'road', so that the loss is 0 and the mIoU 100 % before"
            + " anything is learned. Name what is not 'road' as a class, such as background.");
  }

  @Test
  void splitsWithoutACountedPixelAreDoubted() throws IOException {
    fill("val", 255, 255, 255, 255, 255, 255, 255, 255);
    one(
        Concern.Weight.DOUBT,
        "All pixels of the split 'val' are ignored (255), so that there is nothing to score. Label"
            + " them, or write what they are: labels: {map: {255: CLASS}} in dataset.yaml.");
    fill("val", ALL);
    fill("train", 255, 255, 255, 255, 255, 255, 255, 255);
    one(
        Concern.Weight.DOUBT,
        "All pixels of the split 'train' are ignored (255), so that there is nothing to train on."
            + " Label them, or write what they are: labels: {map: {255: CLASS}} in dataset.yaml.");
  }

  @Test
  void coloursAreToldAsColours() throws IOException {
    describe(
        """
        classes:
          - {name: background, color: "#000000"}
          - {name: road, color: "#ff0000"}
        labels: {kind: colors, map: {"#ffffff": ignore}}
        """);
    for (String file :
        List.of("train/labels/a", "train/labels/b", "val/labels/a", "val/labels/b")) {
      data.grey(file + ".png", 0, 0, 0, 0, 255, 255, 255, 255);
    }
    one(
        Concern.Weight.DOUBT,
        "Class 'road' occurs nowhere in 'train' while 8 pixels are #ffffff and ignored. Only"
            + " 'background' is left, so that there is nothing to tell apart. If \"#ffffff\" is"
            + " 'road', write labels: {map: {\"#ffffff\": road}} in dataset.yaml.");
  }

  @Test
  void badFilesOfBothSplitsAreMistakes() throws IOException {
    data.grey("val/labels/b.png", 0, 1, 2, 0, 1, 2, 0, 200);
    one(
        Concern.Weight.MISTAKE,
        "DIR/val/labels/b.png has the label 200 at (x=3, y=1), but dataset.yaml names 3 classes (0"
            + " to 2) and ignores 255. Correct the label, add the class, or map it: labels: {map:"
            + " {200: ignore}}.");
    Files.writeString(folder.resolve("train/images/a.png"), "no image");
    List<Concern> found = concerns();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).message())
        .startsWith(folder + "/train/images/a.png is a text that begins with")
        .endsWith(" 1 more is wrong; inlay dataset check " + folder + " names all.");
  }

  @Test
  void labelMapsOfAnotherSizeAreMistakes() throws IOException {
    Files.write(
        folder.resolve("val/images/b.png"),
        TestImages.encoded(TestImages.buffered(TestImages.random(3, 2)), "png"));
    one(
        Concern.Weight.MISTAKE,
        "DIR/val/labels/b.png is 4x2, but its image DIR/val/images/b.png is 3x2. Bring both to the"
            + " same size (labels by nearest neighbour).");
  }

  @Test
  void aPaletteThatContradictsIsAMistakeInEitherSplit() throws IOException {
    describe(
        """
        classes:
          - {name: sky, color: "#808080"}
          - {name: road, color: "#804080"}
          - {name: car, color: "#400080"}
        """);
    data.palette("val/labels/b.png", new int[] {0x400080, 0x808080}, 0, 0, 0, 1, 1, 1, 1, 1);
    assertThat(concerns())
        .singleElement()
        .satisfies(
            concern ->
                assertThat(concern.message()).contains("'car'", "'sky'", "labels: {kind: colors}"));
  }

  @Test
  void theWholeScanFindsTwinsTagsAndFlatImages() throws IOException {
    data.image("val/images/a.png", "traina".hashCode());
    data.flat("train/images/b.png");
    data.grey("train/labels/b.png", 255, 255, 255, 255, 255, 255, 255, 255);
    data.image("val/images/c.png", 5);
    Dataset dataset = data.open();
    SplitScan scan = SplitScan.whole(dataset);
    List<String> seen = new ArrayList<>();
    SplitFacts train = scan.scan("train", (done, all, name) -> seen.add(done + "/" + all + name));
    SplitFacts val = scan.scan("val", (d, a, n) -> {});
    assertThat(seen).containsExactly("1/2a", "2/2b");
    assertThat(train.problems())
        .extracting(Problem::kind)
        .containsExactly(Problem.Kind.FLAT, Problem.Kind.IGNORED);
    assertThat(val.problems())
        .extracting(Problem::kind)
        .containsExactly(Problem.Kind.PARTNER, Problem.Kind.DUPLICATE);
    assertThat(train.pixels()).containsExactly(3L, 2L, 2L);
    assertThat(train.ignored()).containsOnlyKeys(255).containsEntry(255, 9L);
    assertThat(train.ignoredShare()).isEqualTo(9 / 16.0);
  }
}
