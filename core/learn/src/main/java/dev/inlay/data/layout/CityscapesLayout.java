package dev.inlay.data.layout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cityscapes: {@code leftImg8bit/train/CITY} and {@code gtFine/train/CITY} with 19 classes. */
record CityscapesLayout() implements Layout {
  /** Stored id, name and colour of the classes that count. */
  private static final String CLASSES =
      """
      7 804080 road
      8 f423e8 sidewalk
      11 464646 building
      12 66669c wall
      13 be9999 fence
      17 999999 pole
      19 faaa1e traffic light
      20 dcdc00 traffic sign
      21 6b8e23 vegetation
      22 98fb98 terrain
      23 4682b4 sky
      24 dc143c person
      25 ff0000 rider
      26 00008e car
      27 000046 truck
      28 003c64 bus
      31 005064 train
      32 0000e6 motorcycle
      33 770b20 bicycle
      """;

  @Override
  public String name() {
    return "cityscapes";
  }

  @Override
  public String needs() {
    return "leftImg8bit/train and gtFine/train";
  }

  @Override
  public Optional<String> yaml(Path folder) {
    YamlText yaml = new YamlText().line("name: Cityscapes").line("classes:");
    List<String> map = new ArrayList<>();
    for (String line : CLASSES.lines().toList()) {
      String[] parts = line.split(" ", 3);
      yaml.labelClass(parts[2], Integer.parseInt(parts[1], 16));
      map.add("%s: %d".formatted(parts[0], map.size()));
    }
    map.add("other: ignore");
    yaml.line("nested: true")
        .line("images: {suffix: _leftImg8bit}")
        .line("labels:")
        .line("  suffix: _gtFine_labelIds")
        .map(map);
    Map<String, List<String>> splits = new LinkedHashMap<>();
    // The labels of the test split are not public: its files hold no class.
    splits.put("train", List.of("leftImg8bit/train", "gtFine/train"));
    splits.put("val", List.of("leftImg8bit/val", "gtFine/val"));
    return YamlText.where(
        folder, List.of("leftImg8bit/train", "gtFine/train"), yaml.splits(folder, splits));
  }
}
