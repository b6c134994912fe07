package dev.inlay.data.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import dev.inlay.data.Dataset;
import dev.inlay.data.SmallDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small trees of the forms of public datasets are read in place by what is proposed for them. */
final class LayoutTest {
  @TempDir Path folder;
  private SmallDataset data;

  @BeforeEach
  void makeData() {
    data = new SmallDataset(folder);
  }

  private Dataset described(String layout) throws IOException {
    return data.describe(Layout.named(layout).yaml(folder).orElseThrow()).open();
  }

  private static byte[] labels(Dataset dataset, String split, int index) {
    return dataset.samples(split).read(index).labels().ids();
  }

  private String found() {
    return Layout.all().stream()
        .filter(each -> each.yaml(folder).isPresent())
        .findFirst()
        .map(Layout::name)
        .orElse("none");
  }

  @Test
  void cityscapesIsReadByTrainIds() throws IOException {
    String name = "/aachen/aachen_000000_000019_";
    data.image("leftImg8bit/train" + name + "leftImg8bit.png", 1)
        .grey("gtFine/train" + name + "gtFine_labelIds.png", 0, 7, 8, 11, 33, 24, 1, 29)
        .grey("gtFine/train" + name + "gtFine_instanceIds.png", 9, 9, 9, 9, 9, 9, 9, 9)
        .colors("gtFine/train" + name + "gtFine_color.png", 1, 2, 3, 4, 5, 6, 7, 8)
        .image("leftImg8bit/val/bonn/a_leftImg8bit.png", 2)
        .grey("gtFine/val/bonn/a_gtFine_labelIds.png", 7, 7, 7, 7, 7, 7, 7, 7);
    Files.writeString(folder.resolve("gtFine/train" + name + "gtFine_polygons.json"), "{}");
    assertThat(found()).isEqualTo("cityscapes");
    Dataset dataset = described("cityscapes");
    assertThat(dataset.classes().names()).hasSize(19).startsWith("road").endsWith("bicycle");
    assertThat(dataset.classes().color(13)).isEqualTo(0x00008e);
    assertThat(dataset.info().splits().keySet()).containsExactly("train", "val");
    assertThat(labels(dataset, "train", 0)).containsExactly(-1, 0, 1, 2, 18, 11, -1, -1);
    assertThat(dataset.split("val")).hasSize(1);
  }

  @Test
  void ade20kLeavesOutItsZero() throws IOException {
    data.image("images/training/ADE_train_00000001.jpg", 1)
        .grey("annotations/training/ADE_train_00000001.png", 0, 1, 2, 150, 149, 1, 1, 1)
        .image("images/validation/ADE_val_00000001.jpg", 2)
        .grey("annotations/validation/ADE_val_00000001.png", 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(found()).isEqualTo("ade20k");
    Dataset dataset = described("ade20k");
    assertThat(dataset.classes().names())
        .hasSize(150)
        .doesNotHaveDuplicates()
        .startsWith("wall", "building", "sky", "floor", "tree")
        .endsWith("glass", "clock", "flag");
    assertThat(labels(dataset, "train", 0))
        .containsExactly((byte) 255, 0, 1, (byte) 149, (byte) 148, 0, 0, 0);
  }

  @Test
  void vocIsReadByItsLists() throws IOException {
    int[] palette = new int[256];
    palette[1] = 0x800000;
    palette[15] = 0xc08080;
    palette[255] = 0xe0e0c0;
    for (String name : List.of("2007_000032", "2007_000033", "2007_000039")) {
      data.image("JPEGImages/" + name + ".jpg", name.hashCode());
    }
    data.image("JPEGImages/2007_000027.jpg", 4);
    data.palette("SegmentationClass/2007_000032.png", palette, 0, 1, 15, 255, 0, 0, 0, 0)
        .palette("SegmentationClass/2007_000033.png", palette, 0, 0, 0, 0, 0, 0, 0, 1)
        .palette("SegmentationClass/2007_000039.png", palette, 0, 0, 0, 0, 0, 0, 0, 1);
    Path lists = Files.createDirectories(folder.resolve("ImageSets/Segmentation"));
    Files.writeString(lists.resolve("train.txt"), "2007_000032\n2007_000039\n");
    Files.writeString(lists.resolve("val.txt"), "2007_000033\n");
    assertThat(found()).isEqualTo("voc");
    Dataset dataset = described("voc");
    assertThat(dataset.classes().names()).hasSize(21).contains("person");
    assertThat(dataset.classes().classes().get(15).hex()).isEqualTo("#c08080");
    assertThat(dataset.split("train")).hasSize(2);
    assertThat(dataset.split("val")).hasSize(1);
    assertThat(labels(dataset, "train", 0)).containsExactly(0, 1, 15, -1, 0, 0, 0, 0);
  }

  @Test
  void camVidIsReadAsSegNetGivesItAndAsItWasPublished() throws IOException {
    data.image("train/0001TP_006690.png", 1)
        .grey("trainannot/0001TP_006690.png", 0, 1, 2, 3, 10, 11, 11, 0)
        .image("val/0016E5_07959.png", 2)
        .grey("valannot/0016E5_07959.png", 0, 1, 2, 3, 10, 11, 11, 0);
    assertThat(found()).isEqualTo("camvid");
    Dataset segnet = described("camvid");
    assertThat(segnet.classes().names()).hasSize(11);
    assertThat(segnet.info().splits().keySet()).containsExactly("train", "val");
    assertThat(labels(segnet, "val", 0)).containsExactly(0, 1, 2, 3, 10, 11, 11, 0);

    for (String name : List.of("a", "b", "c", "d", "e")) {
      data.image("701_StillsRaw_full/" + name + ".png", name.hashCode())
          .colors(
              "LabeledApproved_full/" + name + "_L.png",
              0x808080,
              0x8000c0,
              0x804080,
              0x4080c0,
              0,
              0x0080c0,
              0xc000c0,
              0x40c000);
    }
    Dataset published = described("camvid");
    assertThat(published.split("train")).hasSize(4);
    assertThat(labels(published, "val", 0)).containsExactly(0, 3, 3, 8, -1, 10, 10, 1);
  }

  @Test
  void foldersWithMasksOfTwoValuesAreBinary() throws IOException {
    for (int i = 0; i < 5; i++) {
      data.image("images/%d.jpg".formatted(i), i)
          .grey("masks/%d_mask.png".formatted(i), 0, 255, 0, 255, 0, 0, 0, 0);
    }
    assertThat(found()).isEqualTo("folders");
    Dataset dataset = described("folders");
    assertThat(dataset.classes().names()).containsExactly("background", "foreground");
    assertThat(labels(dataset, "val", 0)).containsExactly(0, 1, 0, 1, 0, 0, 0, 0);
    assertThat(dataset.split("train")).hasSize(4);
  }

  @Test
  void foldersOfSplitsAreFoundEitherWay() throws IOException {
    data.image("train/images/a.png", 1)
        .grey("train/labels/a.png", 0, 1, 2, 2, 2, 2, 255, 255)
        .image("valid/images/b.png", 2)
        .grey("valid/labels/b.png", 3, 1, 2, 2, 2, 2, 255, 255);
    Dataset dataset = described("folders");
    assertThat(dataset.info().splits().keySet()).containsExactly("train", "val");
    assertThat(dataset.classes().names())
        .containsExactly("class-0", "class-1", "class-2", "class-3");
    assertThat(labels(dataset, "val", 0)).containsExactly(3, 1, 2, 2, 2, 2, -1, -1);
  }

  @Test
  void masksInColourBesideTheirImagesAreFound() throws IOException {
    data.image("a.jpg", 1)
        .colors("a_seg.png", 0, 0, 0xff0000, 0xff0000, 0, 0, 0, 0x00ff00)
        .image("b.jpg", 2)
        .colors("b_seg.png", 0, 0, 0xff0000, 0xff0000, 0, 0, 0, 0);
    Dataset dataset = described("folders");
    assertThat(dataset.classes().classes())
        .extracting(each -> each.hex())
        .containsExactly("#000000", "#00ff00", "#ff0000");
    assertThat(dataset.split("train")).hasSize(1);
  }

  @Test
  void idsFarApartAreMappedAndPalettesByFileAreColours() throws IOException {
    data.image("img/a.png", 1).grey("mask/a.png", 10, 20, 30, 200, 10, 10, 10, 10);
    data.image("img/b.png", 2).grey("mask/b.png", 10, 20, 30, 200, 10, 10, 10, 10);
    Dataset sparse = described("folders");
    assertThat(sparse.classes().names())
        .containsExactly("class-10", "class-20", "class-30", "class-200");
    assertThat(labels(sparse, "train", 0)).containsExactly(0, 1, 2, 3, 0, 0, 0, 0);

    data.palette("mask/a.png", new int[] {0xff0000, 0x0000ff}, 0, 0, 0, 0, 1, 1, 1, 1);
    data.palette("mask/b.png", new int[] {0x0000ff, 0xff0000}, 0, 0, 0, 0, 1, 1, 1, 1);
    Dataset colors = described("folders");
    byte[] one = labels(colors, "train", 0);
    byte[] other = labels(colors, "val", 0);
    for (int i = 0; i < one.length; i++) {
      assertThat(one[i]).isNotEqualTo(other[i]);
    }
  }

  @Test
  void smoothedMasksAreToldWithTheCause() throws IOException {
    for (int i = 0; i < 60; i++) {
      data.image("images/%d.png".formatted(i), i);
      data.colors(
          "masks/%d.png".formatted(i),
          9 * i,
          9 * i + 1,
          9 * i + 2,
          9 * i + 3,
          9 * i + 4,
          9 * i + 5,
          9 * i + 6,
          9 * i + 7);
    }
    assertThatThrownBy(() -> described("folders"))
        .isInstanceOf(InlayException.class)
        .hasMessageContaining("have more than 255 colours, as after compression, smoothing");
  }

  @Test
  void anUnknownFormIsNamed() {
    assertThatThrownBy(() -> Layout.named("camvit"))
        .hasMessage(
            "--like is 'camvit', which is no known form. Did you mean 'camvid'? Forms: cityscapes,"
                + " ade20k, voc, camvid, folders.");
    assertThat(found()).isEqualTo("none");
  }
}
