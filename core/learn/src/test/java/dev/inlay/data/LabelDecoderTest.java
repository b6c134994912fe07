package dev.inlay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Label maps as people have them become ids, or one message that says what is wrong and where. */
final class LabelDecoderTest {
  private static final String CLASSES =
      """
      classes:
        - {name: sky, color: "#808080"}
        - {name: road, color: "#804080"}
        - {name: car, color: "#400080"}
      splits:
        train: {images: images, labels: labels}
      """;
  private static final String LABEL = "labels/a.png";

  @TempDir Path folder;
  private SmallDataset data;

  @BeforeEach
  void writeImage() throws IOException {
    data = new SmallDataset(folder).image("images/a.jpg", 1);
  }

  private byte[] read(String more) throws IOException {
    return data.describe(CLASSES + more).open().samples("train").read(0).labels().ids();
  }

  private void refused(String more, String message) {
    assertThatThrownBy(() -> read(more))
        .isInstanceOf(InlayException.class)
        .hasMessage(message.replace("DIR", folder.toString()));
  }

  @Test
  void idsAreMappedByNumberNameAndToNothing() throws IOException {
    data.grey(LABEL, 7, 11, 8, 26, 0, 255, 3, 7);
    assertThat(
            read(
                "labels: {map: {7: 1, 8: road, 26: car, 11: sky, 0: ignore, 3: ignore, 255: 0}}\n"))
        .containsExactly(1, 0, 1, 2, 255, 0, 255, 1);
  }

  @Test
  void theRestIsMappedByOneWord() throws IOException {
    data.grey(LABEL, 7, 7, 200, 13, 1, 2, 7, 7);
    assertThat(read("labels: {map: {7: sky, 1: road, 2: car, other: ignore}}\n"))
        .containsExactly(0, 0, 255, 255, 1, 2, 0, 0);
  }

  @Test
  void severalIdsAreIgnored() throws IOException {
    data.grey(LABEL, 0, 1, 2, 3, 254, 255, 0, 0);
    assertThat(read("ignore: [3, 254, 255]\n")).containsExactly(0, 1, 2, 3, 3, 3, 0, 0);
  }

  @Test
  void anIdThatTheMapGivesAwayMustBeMapped() throws IOException {
    data.grey(LABEL, 7, 1, 7, 7, 1, 7, 7, 7);
    refused(
        "labels: {map: {7: road}}\n",
        "DIR/labels/a.png has the label 1 at (x=1, y=0), in 2 pixels, but the map in dataset.yaml"
            + " gives class 1 ('road') to 7 and does not say what 1 is. Correct the label map, or"
            + " write labels: {map: {1: ignore}}.");
  }

  @Test
  void theNumbersOfTheOthersStay() throws IOException {
    data.grey(LABEL, 0, 255, 0, 255, 0, 0, 0, 2);
    assertThat(read("labels: {map: {255: road}}\n")).containsExactly(0, 1, 0, 1, 0, 0, 0, 2);
  }

  @Test
  void coloursAreReadInEveryFormOfPng() throws IOException {
    String colors = "labels: {kind: colors, map: {\"#000000\": ignore}}\n";
    int[] palette = {0x400080, 0x000000, 0x808080};
    data.colors(LABEL, 0x808080, 0x804080, 0x400080, 0, 0, 0x804080, 0x804080, 0x808080);
    assertThat(read(colors)).containsExactly(0, 1, 2, 255, 255, 1, 1, 0);
    data.palette(LABEL, palette, 0, 0, 1, 2, 2, 2, 1, 0);
    assertThat(read(colors)).containsExactly(2, 2, 255, 0, 0, 0, 255, 2);
    data.grey(LABEL, 0x80, 0x80, 0, 0, 0x80, 0, 0, 0);
    assertThat(read(colors)).containsExactly(0, 0, 255, 255, 0, 255, 255, 255);
  }

  @Test
  void aColourThatIsNoClassIsToldWithItsCountAndPlace() throws IOException {
    data.colors(LABEL, 0x808080, 0x808080, 0x804081, 0x1, 0x1, 0x1, 0x804081, 0x808080);
    refused(
        "labels: {kind: colors}\n",
        "DIR/labels/a.png has the colour #804081 at (x=2, y=0), in 2 pixels (and 1 more colour in 3"
            + " pixels: #000001: 3), but dataset.yaml gives this colour to no class. Correct the"
            + " label map, add a class of this colour, or write labels: {map: {\"#804081\": ignore}}.");
    assertThat(read("labels: {kind: colors, map: {\"#804081\": road, other: ignore}}\n"))
        .containsExactly(0, 0, 1, 255, 255, 255, 1, 0);
  }

  @Test
  void aPaletteThatContradictsTheClassesIsRefusedByBothNames() throws IOException {
    int[] adaptive = {0x804080, 0x808080, 0x400080};
    data.palette(LABEL, adaptive, 0, 0, 0, 1, 1, 2, 2, 2);
    refused(
        "",
        "DIR/labels/a.png: its palette gives id 0 the colour #804080 of 'road', but in dataset.yaml"
            + " id 0 is 'sky' (#808080). Where the colours are right, write labels: {kind: colors} in"
            + " dataset.yaml; where the ids are, write labels: {palette: ignore}.");
    assertThat(read("labels: {palette: ignore}\n")).containsExactly(0, 0, 0, 1, 1, 2, 2, 2);
    assertThat(read("labels: {kind: colors}\n")).containsExactly(1, 1, 1, 0, 0, 2, 2, 2);
  }

  @Test
  void anIdBeyondTheClassesWithAColourOfThemIsAContradictionToo() throws IOException {
    int[] shifted = {0, 0x808080, 0x804080, 0x400080};
    data.palette(LABEL, shifted, 3, 3, 3, 3, 3, 3, 3, 3);
    refused(
        "",
        "DIR/labels/a.png: its palette gives id 3 the colour #400080 of 'car', but in dataset.yaml"
            + " id 3 is no class. Where the colours are right, write labels: {kind: colors} in"
            + " dataset.yaml; where the ids are, write labels: {palette: ignore}.");
  }

  @Test
  void palettesThatSayNothingOrTheSameAreFine() throws IOException {
    int[] ids = {0, 1, 2, 0, 1, 2, 2, 2};
    data.palette(LABEL, new int[] {0x808080, 0x804080, 0x400080}, ids);
    assertThat(read("")).containsExactly(0, 1, 2, 0, 1, 2, 2, 2);
    data.palette(LABEL, new int[] {0x800000, 0x008000, 0x000080}, ids);
    assertThat(read("")).containsExactly(0, 1, 2, 0, 1, 2, 2, 2);
    data.palette(LABEL, new int[] {0x808080, 0x808080, 0x808080}, ids);
    assertThat(read("")).containsExactly(0, 1, 2, 0, 1, 2, 2, 2);
    data.own(LABEL, data.open().classes(), 0, 1, 2, 255, 255, 2, 1, 0);
    assertThat(read("")).containsExactly(0, 1, 2, 255, 255, 2, 1, 0);
  }

  @Test
  void anIgnoredIndexMayHaveTheColourOfAClass() throws IOException {
    data.palette(
        LABEL,
        new int[] {0x808080, 0x804080, 0x400080, 0x808081, 0x804080},
        4,
        1,
        2,
        0,
        1,
        2,
        2,
        2);
    assertThat(read("ignore: 4\n")).containsExactly(4, 1, 2, 0, 1, 2, 2, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
      labels: masks | `: 'labels' is 'masks', but it says how labels are read, written {kind: ids, suffix: _mask}.`
      labels: {kind: rgb} | `: 'labels.kind' is 'rgb', but it is ids or colors.`
      labels: {knd: ids} | ` has an unknown key 'labels.knd'. Did you mean 'kind'? Known keys: kind, suffix, map, palette.`
      labels: {map: {300: 0}} | `: 'labels.map.300' is '300', but it maps an id of 0 to 255, or 'other'.`
      labels: {map: {"#808080": 0}} | `: 'labels.map.#808080' is '#808080', but it is a colour, which needs labels.kind: colors.`
      labels: {map: {7: tree}} | `: 'labels.map.7' is 'tree', but it is a class, by its id (0 to 2) or its name, or ignore.`
      labels: {map: {7: 3}} | `: 'labels.map.7' is 3, but it is a class, by its id (0 to 2) or its name, or ignore.`
      labels: {palette: none} | `: 'labels.palette' is 'none', but it is check, or ignore where the palettes of label maps have nothing to do with the classes.`
      labels: {suffix: 3} | `: 'labels.suffix' is 3, but it is what stands between a name and the ending, such as _mask; put it in quotes.`
      ignore: [255, x] | `: 'ignore' is [255, x], but it lists ids that are ignored, whole numbers of 0 to 255.`
      nested: 1 | `: 'nested' is 1, but it is true where files lie in folders of the folders.`
      images: jpg | `: 'images' is 'jpg', but it says how images are named, written {suffix: _leftImg8bit}.`
      """)
  void mistakesAreNamedByKeyAndRule(String line, String message) {
    refused(line + "\n", "DIR/dataset.yaml" + message);
  }

  @Test
  void anIgnoredIdOfAClassPointsToTheMap() {
    refused(
        "ignore: [255, 0]\n",
        "DIR/dataset.yaml: 'ignore' is 0, but it ignores an id that no class has; where label maps"
            + " give class 'sky' to other ids, write labels: {map: {0: ignore}} and map those.");
  }
}
