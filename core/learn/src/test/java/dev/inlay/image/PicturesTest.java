package dev.inlay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contents of pictures, without a screen or fonts. */
final class PicturesTest {
  private static final ClassList CLASSES =
      new ClassList(List.of(new LabelClass("sky", 0x0000ff), new LabelClass("car", 0xff0000)), 255);
  private static final RgbImage BLACK = new RgbImage(4, 2, new byte[24]);
  private static final LabelMap LABELS = new LabelMap(4, 2, new byte[] {0, 0, 1, -1, 0, 0, 1, -1});

  @TempDir Path folder;

  private static int color(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xffffff;
  }

  @Test
  void laysClassesOverAnImageWithBordersAndLeavesTheIgnoredBare() {
    RgbImage overlay = Overlay.paint(BLACK, LABELS, CLASSES, 0.5);
    assertThat(overlay.color(0, 1)).isEqualTo(0x000080);
    assertThat(overlay.color(1, 1)).as("border of the sky").isEqualTo(0x0000bf);
    assertThat(overlay.color(2, 0)).as("border of the car").isEqualTo(0xbf0000);
    assertThat(overlay.color(3, 0)).as("ignored").isEqualTo(0);
    assertThat(BLACK.rgb()).as("the image itself").containsOnly(0);
  }

  @Test
  void showsTheImageAloneAtOpacityZeroAndTheClassesAloneAtOne() {
    assertThat(Overlay.paint(BLACK, LABELS, CLASSES, 0).color(1, 0)).isEqualTo(0);
    RgbImage full = Overlay.paint(BLACK, LABELS, CLASSES, 1);
    assertThat(full.color(0, 0)).isEqualTo(0x0000ff);
    assertThat(full.color(1, 0)).isEqualTo(0x0000ff);
  }

  @Test
  void refusesAnOpacityOutOfRangeAndSizesThatDiffer() {
    for (double bad : new double[] {-0.1, 1.5, Double.NaN}) {
      assertThatThrownBy(() -> Overlay.paint(BLACK, LABELS, CLASSES, bad))
          .isInstanceOf(InlayException.class)
          .hasMessage("The opacity is " + bad + ", but must be from 0 to 1.");
    }
    LabelMap other = new LabelMap(2, 2, new byte[4]);
    assertThatThrownBy(() -> Overlay.paint(BLACK, other, CLASSES, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An image of 4x2 cannot have a label map of 2x2.");
  }

  @Test
  void colorsLabelsAloneWithTheIgnoredInBlack() {
    BufferedImage picture = Pictures.of(LABELS, CLASSES);
    assertThat(color(picture, 1, 1)).isEqualTo(0x0000ff);
    assertThat(color(picture, 2, 1)).isEqualTo(0xff0000);
    assertThat(color(picture, 3, 1)).isEqualTo(0);
  }

  @Test
  void putsImageTruthAndPredictionBesideEachOther() {
    LabelMap all = new LabelMap(4, 2, new byte[] {1, 1, 1, 1, 1, 1, 1, 1});
    SideBySide sheet = new SideBySide(CLASSES, 1).add("the first", BLACK, LABELS, all);
    BufferedImage picture = sheet.paint();
    int row = 16 + 26 + 80;
    assertThat(color(picture, 16 + 160, row)).as("image").isEqualTo(0);
    assertThat(color(picture, 16 + 328 + 40, row)).as("truth").isEqualTo(0x0000ff);
    assertThat(color(picture, 16 + 656 + 40, row)).as("prediction").isEqualTo(0xff0000);
    assertThat(color(picture, 2, row)).as("paper").isEqualTo(0xffffff);
    int legend = picture.getHeight() - 16 - 26 + 8;
    assertThat(color(picture, 16 + 5, legend)).as("first of the legend").isEqualTo(0x0000ff);
  }

  @Test
  void growsByARowAndLeavesTheTruthOutWhereNobodyKnowsIt() {
    SideBySide sheet = new SideBySide(CLASSES, 0.5).add("a", BLACK, null, LABELS);
    BufferedImage one = sheet.paint();
    BufferedImage two = sheet.add("b", BLACK, null, LABELS).paint();
    assertThat(one.getWidth()).isEqualTo(2 * 16 + 2 * 320 + 8);
    assertThat(two.getHeight() - one.getHeight()).isEqualTo(160 + 26);
  }

  @Test
  void wrapsALongLegend() {
    List<LabelClass> many =
        IntStream.range(0, 60).mapToObj(i -> new LabelClass("class number " + i, i)).toList();
    int few = new SideBySide(CLASSES, 1).add("a", BLACK, null, LABELS).paint().getHeight();
    int more =
        new SideBySide(new ClassList(many, 255), 1)
            .add("a", BLACK, null, LABELS)
            .paint()
            .getHeight();
    assertThat(more).isGreaterThan(few + 10 * 26);
  }

  @Test
  void drawsLettersWhereTheyShouldBe() {
    BufferedImage paper = new BufferedImage(80, 40, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = paper.createGraphics();
    graphics.setColor(Color.WHITE);
    Lettering.draw(graphics, "L", 10, 30, 18);
    assertThat(color(paper, 10, 20)).as("the stem").isNotEqualTo(0);
    assertThat(color(paper, 16, 30)).as("the foot").isNotEqualTo(0);
    assertThat(color(paper, 16, 18)).as("the space above the foot").isEqualTo(0);
    assertThat(Lettering.width("L", 18)).isEqualTo(9);
    assertThat(Lettering.width("é–“", 18)).isEqualTo(Lettering.width("e-\"", 18));
    assertThat(Lettering.width("漢", 18)).as("a box").isEqualTo(12);
  }

  @Test
  void knowsEveryCharacterOfAscii() {
    for (char character = '!'; character <= '~'; character++) {
      BufferedImage known = letter(String.valueOf(character));
      assertThat(known.getRGB(0, 0, 30, 40, null, 0, 30))
          .as("'%s'", character)
          .isNotEqualTo(letter("漢").getRGB(0, 0, 30, 40, null, 0, 30))
          .isNotEqualTo(letter(" ").getRGB(0, 0, 30, 40, null, 0, 30));
    }
  }

  private static BufferedImage letter(String text) {
    BufferedImage paper = new BufferedImage(30, 40, BufferedImage.TYPE_INT_RGB);
    Lettering.draw(paper.createGraphics(), text, 5, 30, 18);
    return paper;
  }

  @Test
  void writesAPictureAndTheFoldersItLiesIn() throws IOException {
    Path file = folder.resolve("a/b/c.png");
    Pictures.write(file, Pictures.of(TestImages.random(40, 40)));
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(40);
  }

  @Test
  void writesAnImagesBytesAsTheyAre() throws IOException {
    RgbImage image = TestImages.random(41, 40);
    Path direct = folder.resolve("direct/image.png");
    Path drawn = folder.resolve("drawn.png");
    image.write(direct);
    Pictures.write(drawn, Pictures.of(image));

    assertThat(ImageFile.read(direct).rgb()).isEqualTo(image.rgb());
    assertThat(direct).hasSameBinaryContentAs(drawn);
  }

  @Test
  void refusesAPlaceThatCannotBeWrittenTo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    BufferedImage picture = Pictures.of(BLACK);
    assertThatThrownBy(() -> Pictures.write(file.resolve("a.png"), picture))
        .isInstanceOf(InlayException.class)
        .hasMessage(file + " is a file, but a folder is needed there. Name another place.");
    assertThatThrownBy(() -> Pictures.write(folder, picture))
        .isInstanceOf(InlayException.class)
        .hasMessage(
            folder
                + " is a folder, so no file can be saved under that name. Give a file name in it.");
    assertThat(Files.readString(file)).isEqualTo("old");
  }
}
