package dev.inlay.data.layout;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Folders of images and of label maps, whose names and values are looked at. */
record FolderLayout() implements Layout {
  private static final List<String> IMAGES =
      List.of("images", "image", "imgs", "img", "JPEGImages", "photos");
  private static final List<String> LABELS =
      List.of(
          "labels",
          "label",
          "masks",
          "mask",
          "annotations",
          "annots",
          "annot",
          "ann_dir",
          "gt",
          "SegmentationClass");
  private static final Map<String, List<String>> SPLITS = splits();

  private static Map<String, List<String>> splits() {
    Map<String, List<String>> splits = new LinkedHashMap<>();
    splits.put("train", List.of("train", "training"));
    splits.put("val", List.of("val", "valid", "validation"));
    splits.put("test", List.of("test", "testing"));
    return splits;
  }

  @Override
  public String name() {
    return "folders";
  }

  @Override
  public String needs() {
    return "images and masks (or labels), each with train and val, or the other way round";
  }

  /** A folder of images and one of label maps. */
  private record Pair(String images, String labels, String suffix) {}

  @Override
  public Optional<String> yaml(Path folder) {
    Map<String, Pair> pairs = new LinkedHashMap<>();
    SPLITS.forEach(
        (split, names) ->
            names.forEach(
                name -> find(folder, name).ifPresent(pair -> pairs.putIfAbsent(split, pair))));
    if (pairs.isEmpty()) {
      find(folder, "").ifPresent(pair -> pairs.put("all", pair));
    }
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    Pair first = pairs.values().iterator().next();
    YamlText yaml = new YamlText();
    new LabelSurvey(
            pairs.values().stream().map(pair -> folder.resolve(pair.labels())).toList(),
            first.suffix())
        .write(yaml);
    yaml.line("splits:");
    pairs.forEach(
        (split, pair) ->
            yaml.line(
                "  %s: {images: %s, labels: %s}",
                split, YamlText.quoted(pair.images()), YamlText.quoted(pair.labels())));
    if (pairs.size() == 1) {
      yaml.line("split: {train: 0.8, val: 0.2, seed: 1}");
    }
    return Optional.of(yaml.text());
  }

  /** The pair of folders of a split, or of all. */
  private static Optional<Pair> find(Path folder, String split) {
    for (String images : IMAGES) {
      for (String labels : LABELS) {
        for (String[] pair :
            split.isEmpty()
                ? new String[][] {{images, labels}}
                : new String[][] {
                  {split + "/" + images, split + "/" + labels},
                  {images + "/" + split, labels + "/" + split}
                }) {
          Optional<Pair> found = pair(folder, pair[0], pair[1]);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    for (String labels : LABELS) {
      for (String between : List.of("_", "-", "")) {
        Optional<Pair> found =
            split.isEmpty() ? Optional.empty() : pair(folder, split, split + between + labels);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return pair(folder, split.isEmpty() ? "." : split, split.isEmpty() ? "." : split);
  }

  private static Optional<Pair> pair(Path folder, String images, String labels) {
    return NameSuffix.of(folder.resolve(images), folder.resolve(labels))
        .map(suffix -> new Pair(images, labels, suffix));
  }
}
