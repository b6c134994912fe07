package dev.inlay.data.layout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CamVid with 11 classes: as SegNet gives it, with ids in {@code trainannot}; or as it was
 * published, with the colours of 32 classes, which are merged as for SegNet.
 */
record CamVidLayout() implements Layout {
  /** Each class with its colour, and the colours that are merged into it. */
  private static final String CLASSES =
      """
      sky 808080
      building 800000 c00080 008040 400040 40c000
      pole c0c080 000040
      road 804080 8000c0 c00040
      sidewalk 0000c0 40c080 8080c0
      tree 808000 c0c000
      sign c08080 808040 004040
      fence 404080
      car 400080 4080c0 c080c0 c04080 804040
      pedestrian 404000 c08040 4000c0 408040
      bicyclist 0080c0 c000c0
      """;

  private static final String IMAGES = "701_StillsRaw_full";
  private static final String LABELS = "LabeledApproved_full";

  @Override
  public String name() {
    return "camvid";
  }

  @Override
  public String needs() {
    return "train and trainannot, or 701_StillsRaw_full and LabeledApproved_full";
  }

  @Override
  public Optional<String> yaml(Path folder) {
    YamlText yaml = new YamlText().line("name: CamVid").line("classes:");
    List<String> map = new ArrayList<>();
    for (String line : CLASSES.lines().toList()) {
      String[] parts = line.split(" ", -1);
      yaml.labelClass(parts[0], Integer.parseInt(parts[1], 16));
      for (int i = 2; i < parts.length; i++) {
        map.add("\"#%s\": %s".formatted(parts[i], parts[0]));
      }
    }
    map.add("\"#000000\": ignore");
    if (Files.isDirectory(folder.resolve(IMAGES))) {
      yaml.line("labels:").line("  kind: colors").line("  suffix: _L").map(map);
      yaml.line("splits:")
          .line("  all: {images: %s, labels: %s}", IMAGES, LABELS)
          .line("# Frames of one video are alike: lists of names by video make better splits.")
          .line("split: {train: 0.8, val: 0.2, seed: 1}");
      return YamlText.where(folder, List.of(IMAGES, LABELS), yaml);
    }
    Map<String, List<String>> splits = new LinkedHashMap<>();
    for (String split : List.of("train", "val", "test")) {
      splits.put(split, List.of(split, split + "annot"));
    }
    yaml.line("ignore: 11");
    return YamlText.where(folder, List.of("train", "trainannot"), yaml.splits(folder, splits));
  }
}
