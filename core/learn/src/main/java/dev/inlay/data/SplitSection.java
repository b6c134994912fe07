package dev.inlay.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The sections {@code splits} and {@code split} of {@code dataset.yaml}. */
final class SplitSection {
  private static final String SPLIT = "divides the images, written {train: 0.8, val: 0.2, seed: 1}";
  private static final double EXACT = 1e-6;

  private final DescriptorKeys keys;

  SplitSection(DescriptorKeys keys) {
    this.keys = keys;
  }

  Map<String, SplitFiles> read(@Nullable Object splits, @Nullable Object split) {
    if (!(splits instanceof Map<?, ?> found) || found.isEmpty()) {
      throw keys.wrong(
          "splits", splits, "names the splits, each as train: {images: FOLDER, labels: FOLDER}");
    }
    Map<String, SplitFiles> named = new LinkedHashMap<>();
    found.forEach((name, value) -> named.put(String.valueOf(name), files(value, "splits." + name)));
    return split == null ? named : divided(named, split);
  }

  private SplitFiles files(@Nullable Object value, String at) {
    if (!(value instanceof Map<?, ?> found)) {
      throw keys.wrong(at, value, "is a split, written {images: FOLDER, labels: FOLDER}");
    }
    Map<String, @Nullable Object> each =
        keys.keys(found, at + ".", List.of("images", "labels", "list"));
    Path list =
        each.get("list") == null ? null : keys.path(each.get("list"), at + ".list", "text file");
    if (list != null && !each.containsKey("images") && !each.containsKey("labels")) {
      return new SplitFiles(null, null, list, null);
    }
    return new SplitFiles(
        keys.path(each.get("images"), at + ".images", "folder"),
        keys.path(each.get("labels"), at + ".labels", "folder"),
        list,
        null);
  }

  /** The parts in place of the split that is divided. */
  private Map<String, SplitFiles> divided(Map<String, SplitFiles> named, Object value) {
    if (!(value instanceof Map<?, ?> found)) {
      throw keys.wrong("split", value, SPLIT);
    }
    Map<String, @Nullable Object> shares = new LinkedHashMap<>();
    found.forEach((key, share) -> shares.put(String.valueOf(key), share));
    Object seed = shares.remove("seed");
    if (seed != null && !(seed instanceof Integer)) {
      throw keys.wrong("split.seed", seed, "is a whole number");
    }
    String source = source(named, shares.remove("of"));
    SplitFiles files = Objects.requireNonNull(named.get(source));
    long number = seed instanceof Integer given ? given : 1;
    Map<String, SplitFiles> parts = new LinkedHashMap<>();
    double from = 0;
    for (Map.Entry<String, @Nullable Object> each : shares.entrySet()) {
      String at = "split." + each.getKey();
      if (!(each.getValue() instanceof Number share)
          || !(share.doubleValue() > 0 && share.doubleValue() <= 1)) {
        throw keys.wrong(
            at, each.getValue(), "is the share of this split, more than 0 and at most 1");
      }
      if (named.containsKey(each.getKey()) && !each.getKey().equals(source)) {
        throw keys.wrong(at, share, "is no split under splits already; remove one of the two");
      }
      int before = parts.size();
      double to = from + share.doubleValue();
      parts.put(
          each.getKey(),
          files.only(new SplitFiles.Part(each.getKey(), from, to, number, before, shares.size())));
      from = to;
    }
    if (Math.abs(from - 1) > EXACT) {
      throw keys.wrong("split", value, SPLIT + ", with shares that are 1 together");
    }
    named.forEach(
        (name, each) -> {
          if (!name.equals(source)) {
            parts.put(name, each);
          }
        });
    return parts;
  }

  private String source(Map<String, SplitFiles> named, @Nullable Object of) {
    if (of != null) {
      String name = keys.text(of, "split.of", "names the split that is divided");
      if (!named.containsKey(name)) {
        throw keys.wrong(
            "split.of",
            name,
            "names one of the splits: %s".formatted(String.join(", ", named.keySet())));
      }
      return name;
    }
    if (named.size() > 1) {
      throw keys.wrong(
          "split.of",
          null,
          "names which of the splits is divided: %s".formatted(String.join(", ", named.keySet())));
    }
    return named.keySet().iterator().next();
  }
}
