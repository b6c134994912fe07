package dev.inlay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suffixes, nested folders, lists and shares find the files that people have. */
final class SplitsTest {
  private static final String CLASSES = "classes: [road, car]\n";

  @TempDir Path folder;
  private SmallDataset data;

  @BeforeEach
  void makeData() {
    data = new SmallDataset(folder);
  }

  private void pair(String image, String label) throws IOException {
    data.image(image, image.hashCode()).grey(label, 0, 1, 0, 1, 0, 1, 0, 1);
  }

  private List<String> names(String split) {
    return data.open().split(split).stream().map(Sample::name).toList();
  }

  private void refused(String split, String message) {
    assertThatThrownBy(() -> data.open().split(split))
        .isInstanceOf(InlayException.class)
        .hasMessage(message.replace("DIR", folder.toString()));
  }

  @Test
  void masksAreFoundByTheirSuffix() throws IOException {
    pair("img/a.jpg", "masks/a_mask.png");
    pair("img/b.jpg", "masks/b_mask.png");
    data.grey("masks/a_instance.png", 0, 0, 0, 0, 0, 0, 0, 0);
    data.describe(
        CLASSES + "labels: {suffix: _mask}\nsplits:\n  train: {images: img, labels: masks}\n");
    assertThat(names("train")).containsExactly("a", "b");
    data.image("img/c.jpg", 3);
    refused(
        "train",
        "DIR/img/c.jpg has no label map: there is no DIR/masks/c_mask.png. Add the label map, or"
            + " remove the image.");
  }

  @Test
  void masksMayLieBesideTheirImages() throws IOException {
    pair("all/a.png", "all/a_mask.png");
    pair("all/b.jpg", "all/b_mask.png");
    data.describe(
        CLASSES + "labels: {suffix: _mask}\nsplits:\n  train: {images: all, labels: all}\n");
    assertThat(data.open().split("train"))
        .extracting(sample -> String.valueOf(sample.labels().getFileName()))
        .containsExactly("a_mask.png", "b_mask.png");
  }

  @Test
  void nestedFoldersArePartsOfTheNames() throws IOException {
    pair("left/x/a_left.png", "fine/x/a_fine_ids.png");
    pair("left/y/a_left.png", "fine/y/a_fine_ids.png");
    String yaml =
        CLASSES
            + """
            images: {suffix: _left}
            labels: {suffix: _fine_ids}
            splits:
              train: {images: left, labels: fine}
            """;
    data.describe(yaml + "nested: true\n");
    assertThat(names("train")).containsExactly("x/a", "y/a");
    assertThat(data.open().samples("train").read(1).labels().ids())
        .containsExactly(0, 1, 0, 1, 0, 1, 0, 1);
    data.describe(yaml);
    refused(
        "train",
        "DIR/left holds no images (jpg, png, bmp, gif, tif) whose names end with '_left'. Correct"
            + " the suffix in dataset.yaml, or the path.");
  }

  @Test
  void aFolderOfFoldersPointsToNested() throws IOException {
    pair("img/x/a.png", "lab/x/a.png");
    data.describe(CLASSES + "splits:\n  train: {images: img, labels: lab}\n");
    assertThatThrownBy(() -> data.open().split("train"))
        .hasMessageEndingWith("Where they lie in folders of it, write nested: true.");
  }

  @Test
  void aListChoosesByNameWithOrWithoutEnding() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      pair("img/" + name + ".jpg", "lab/" + name + ".png");
    }
    data.image("img/unlabelled.jpg", 9);
    Files.writeString(folder.resolve("train.txt"), "# chosen\nc\n\na.jpg\n");
    data.describe(CLASSES + "splits:\n  train: {images: img, labels: lab, list: train.txt}\n");
    assertThat(names("train")).containsExactly("c", "a");
    Files.writeString(folder.resolve("train.txt"), "a\nunlabelled\n");
    refused(
        "train",
        "Line 2 of DIR/train.txt names 'unlabelled': DIR/img/unlabelled.jpg has no label map: there"
            + " is no DIR/lab/unlabelled.png. Add the label map, or remove the image.");
    Files.writeString(folder.resolve("train.txt"), "a\nd\n");
    refused("train", "Line 2 of DIR/train.txt names 'd': DIR/img holds no image of the name 'd'.");
    Files.writeString(folder.resolve("train.txt"), "a\na\n");
    refused("train", "Line 2 of DIR/train.txt names 'a' a second time. Remove the line.");
    Files.writeString(folder.resolve("train.txt"), "\n");
    refused(
        "train",
        "The list file DIR/train.txt names nothing. Write a name in each line, or leave out 'list'.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"` `", "`,`", "`\t`"})
  void aListMayNamePairsOfFiles(String between) throws IOException {
    pair("x/a.jpg", "y/b.png");
    Files.writeString(folder.resolve("train.txt"), "x/a.jpg" + between + "y/b.png\n");
    data.describe(CLASSES + "splits:\n  train: {list: train.txt}\n");
    assertThat(data.open().split("train"))
        .containsExactly(
            new Sample("x/a.jpg", folder.resolve("x/a.jpg"), folder.resolve("y/b.png")));
    assertThat(data.open().skipped("train")).isEmpty();
    Files.writeString(folder.resolve("train.txt"), "x/a.jpg" + between + "y/c.png\n");
    refused(
        "train",
        "Line 1 of DIR/train.txt names a file that is not there: DIR/y/c.png does not exist. Check"
            + " the path.");
    Files.writeString(folder.resolve("train.txt"), "x/a.jpg\n");
    assertThatThrownBy(() -> data.open().split("train"))
        .hasMessageStartingWith("Line 1 of " + folder + "/train.txt has 1 columns, but without");
  }

  private void twenty(String split) throws IOException {
    for (int i = 0; i < 20; i++) {
      pair("img/%02d.png".formatted(i), "lab/%02d.png".formatted(i));
    }
    data.describe(CLASSES + "splits:\n  all: {images: img, labels: lab}\n" + split);
  }

  @Test
  void sharesDivideAllImagesBySeed() throws IOException {
    twenty("split: {train: 0.7, val: 0.2, test: 0.1, seed: 3}\n");
    assertThat(data.open().info().splits().keySet()).containsExactly("train", "val", "test");
    Set<String> seen = new HashSet<>(names("train"));
    assertThat(seen).hasSize(14);
    assertThat(names("val")).hasSize(4).isSorted();
    assertThat(names("test")).hasSize(2);
    seen.addAll(names("val"));
    seen.addAll(names("test"));
    assertThat(seen).hasSize(20);
    List<String> before = names("train");
    assertThat(names("train")).isEqualTo(before);
    twenty("split: {train: 0.7, val: 0.2, test: 0.1, seed: 4}\n");
    assertThat(names("train")).isNotEqualTo(before);
  }

  @Test
  void anImageThatIsAddedMovesFewOthers() throws IOException {
    twenty("split: {train: 0.8, val: 0.2}\n");
    Set<String> before = new HashSet<>(names("val"));
    pair("img/new.png", "lab/new.png");
    Set<String> after = new HashSet<>(names("val"));
    after.removeAll(before);
    assertThat(after).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void oneOfSeveralSplitsIsDivided() throws IOException {
    pair("img/a.png", "lab/a.png");
    pair("img/b.png", "lab/b.png");
    pair("img/c.png", "lab/c.png");
    String splits =
        CLASSES
            + """
            splits:
              train: {images: img, labels: lab}
              test: {images: img, labels: lab}
            """;
    data.describe(splits + "split: {of: train, train: 0.67, val: 0.33}\n");
    assertThat(data.open().info().splits().keySet()).containsExactly("train", "val", "test");
    assertThat(names("train")).hasSize(2);
    assertThat(names("test")).hasSize(3);
    data.describe(splits + "split: {train: 0.67, val: 0.33}\n");
    refused(
        "train",
        "DIR/dataset.yaml: 'split.of' is missing; it names which of the splits is divided: train,"
            + " test.");
    data.describe(splits + "split: {of: train, train: 0.9, val: 0.1}\n");
    assertThat(names("val")).hasSize(1);
    data.describe(splits + "split: {of: train, a: 0.25, b: 0.25, c: 0.25, d: 0.25}\n");
    refused(
        "a",
        "'split' in dataset.yaml makes 4 splits, but there are only 3 images. Add images, or leave"
            + " out splits.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      {train: 0.8, val: 0.1} | `: 'split' is {train=0.8, val=0.1}, but it divides the images, written {train: 0.8, val: 0.2, seed: 1}, with shares that are 1 together.`
      {train: 1.2} | `: 'split.train' is 1.2, but it is the share of this split, more than 0 and at most 1.`
      {train: most, val: 0.2} | `: 'split.train' is 'most', but it is the share of this split, more than 0 and at most 1.`
      {train: 1, seed: x} | `: 'split.seed' is 'x', but it is a whole number.`
      {of: al, train: 1} | `: 'split.of' is 'al', but it names one of the splits: all.`
      0.8 | `: 'split' is 0.8, but it divides the images, written {train: 0.8, val: 0.2, seed: 1}.`
      """)
  void mistakesInSharesAreNamed(String split, String message) throws IOException {
    data.describe(CLASSES + "splits:\n  all: {images: img, labels: lab}\nsplit: " + split + "\n");
    refused("train", "DIR/dataset.yaml" + message);
  }

  @Test
  void aMissingValidationSplitPointsToShares() throws IOException {
    data.describe(CLASSES + "splits:\n  train: {images: img, labels: lab}\n");
    refused(
        "val",
        "DIR/dataset.yaml has no split 'val'. Splits: train. Where there is no other, write split:"
            + " {train: 0.8, val: 0.2, seed: 1}.");
  }
}
