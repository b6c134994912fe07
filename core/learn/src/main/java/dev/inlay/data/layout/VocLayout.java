package dev.inlay.data.layout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** PASCAL VOC: one folder of images, one of labels, and lists of names. */
record VocLayout() implements Layout {
  private static final List<String> NAMES =
      YamlText.names(
          """
          background, aeroplane, bicycle, bird, boat, bottle, bus, car, cat, chair, cow, diningtable,
          dog, horse, motorbike, person, pottedplant, sheep, sofa, train, tvmonitor
          """);

  private static final String LISTS = "ImageSets/Segmentation";

  @Override
  public String name() {
    return "voc";
  }

  @Override
  public String needs() {
    return "JPEGImages, SegmentationClass and ImageSets/Segmentation";
  }

  @Override
  public Optional<String> yaml(Path folder) {
    YamlText yaml = new YamlText().line("name: PASCAL VOC").line("classes:");
    for (int i = 0; i < NAMES.size(); i++) {
      yaml.labelClass(NAMES.get(i), color(i));
    }
    yaml.line("ignore: 255").line("splits:");
    for (String split : List.of("train", "val")) {
      String list = LISTS + "/" + split + ".txt";
      if (Files.exists(folder.resolve(list))) {
        yaml.line("  %s: {images: JPEGImages, labels: SegmentationClass, list: %s}", split, list);
      }
    }
    return YamlText.where(folder, List.of("JPEGImages", "SegmentationClass", LISTS), yaml);
  }

  /** VOC's palette: the bits of an id, spread over the channels from the highest on. */
  private static int color(int id) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int bit = 7, rest = id; rest > 0; bit--, rest >>= 3) {
      red |= (rest & 1) << bit;
      green |= (rest >> 1 & 1) << bit;
      blue |= (rest >> 2 & 1) << bit;
    }
    return red << 16 | green << 8 | blue;
  }
}
