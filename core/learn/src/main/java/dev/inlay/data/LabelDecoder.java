package dev.inlay.data;

import dev.inlay.InlayException;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import dev.inlay.image.StoredLabels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads label maps as class ids, by what {@code dataset.yaml} says of their values. */
public final class LabelDecoder {
  private static final int WRONG = -1;

  /** Of so many colours that are no class's, something else than a missing class is the cause. */
  private static final int MANY_COLORS = 20;

  private final ClassList classes;
  private final LabelCoding coding;
  private final Map<Integer, Integer> table;

  /** A decoder of label maps of these classes. */
  public LabelDecoder(ClassList classes, LabelCoding coding) {
    this.classes = classes;
    this.coding = coding;
    this.table = coding.table(classes);
  }

  /**
   * Reads a label map as class ids and the ignore index.
   *
   * @throws InlayException that names the file, if it is unreadable, has a value that is neither a
   *     class nor ignored, or a palette that gives its ids the colours of other classes
   */
  public LabelMap read(Path file) {
    DecodedLabels decoded = decode(file);
    decoded
        .contradiction()
        .ifPresent(
            message -> {
              throw new InlayException(message);
            });
    if (!decoded.wrong().isEmpty()) {
      throw new InlayException(wrong(decoded, file));
    }
    return decoded.labels();
  }

  /**
   * Reads a label map and what is wrong with its values.
   *
   * @throws InlayException that names the file, if it is unreadable
   */
  public DecodedLabels decode(Path file) {
    return coding.kind() == LabelCoding.Kind.IDS
        ? ids(StoredLabels.read(file), file)
        : colors(StoredLabels.readColors(file));
  }

  private DecodedLabels ids(StoredLabels file, Path path) {
    byte[] stored = file.labels().ids();
    int width = file.labels().width();
    long[] counts = new long[256];
    for (byte id : stored) {
      counts[id & 255]++;
    }
    Map<Integer, Long> found = new LinkedHashMap<>();
    int[] meaning = new int[256];
    boolean same = true;
    boolean sound = true;
    for (int id = 0; id < 256; id++) {
      meaning[id] = meaning(id);
      if (counts[id] > 0) {
        found.put(id, counts[id]);
        same &= meaning[id] == id;
        sound &= meaning[id] != WRONG;
      }
    }
    List<DecodedLabels.Wrong> wrong = new ArrayList<>();
    if (!sound) {
      boolean[] seen = new boolean[256];
      for (int i = 0; i < stored.length; i++) {
        int id = stored[i] & 255;
        if (meaning[id] == WRONG && !seen[id]) {
          seen[id] = true;
          wrong.add(new DecodedLabels.Wrong(id, i % width, i / width, counts[id]));
        }
      }
    }
    Optional<String> contradiction =
        coding.checksPalette() ? contradiction(file.palette(), counts, path) : Optional.empty();
    return new DecodedLabels(
        same ? file.labels() : mapped(file.labels(), meaning), found, wrong, contradiction);
  }

  private LabelMap mapped(LabelMap labels, int[] meaning) {
    byte[] ids = labels.ids().clone();
    for (int i = 0; i < ids.length; i++) {
      int id = meaning[ids[i] & 255];
      ids[i] = (byte) (id == WRONG ? classes.ignore() : id);
    }
    return new LabelMap(labels.width(), labels.height(), ids);
  }

  private DecodedLabels colors(RgbImage image) {
    byte[] ids = new byte[image.width() * image.height()];
    Map<Integer, Long> found = new HashMap<>();
    Map<Integer, Integer> firsts = new LinkedHashMap<>();
    int last = -1;
    long run = 0;
    int id = 0;
    byte[] rgb = image.rgb();
    for (int i = 0, at = 0; i < ids.length; i++, at += 3) {
      int color = (rgb[at] & 255) << 16 | (rgb[at + 1] & 255) << 8 | (rgb[at + 2] & 255);
      if (color != last) {
        found.merge(last, run, Long::sum);
        last = color;
        run = 0;
        id = meaning(color);
        if (id == WRONG) {
          firsts.putIfAbsent(color, i);
          id = classes.ignore();
        }
      }
      run++;
      ids[i] = (byte) id;
    }
    found.merge(last, run, Long::sum);
    found.remove(-1);
    List<DecodedLabels.Wrong> wrong = new ArrayList<>();
    firsts.forEach(
        (color, first) ->
            wrong.add(
                new DecodedLabels.Wrong(
                    color,
                    first % image.width(),
                    first / image.width(),
                    found.getOrDefault(color, 0L))));
    LabelMap labels = new LabelMap(image.width(), image.height(), ids);
    return new DecodedLabels(labels, found, wrong, Optional.empty());
  }

  private int meaning(int stored) {
    Integer id = table.get(stored);
    if (id != null) {
      return id;
    }
    Integer other = coding.other();
    return other == null ? WRONG : other;
  }

  /** The label id of a stored value; empty if it means nothing. */
  public Optional<Integer> id(int stored) {
    int id = meaning(stored);
    return id == WRONG ? Optional.empty() : Optional.of(id);
  }

  /**
   * The first index in use whose colour is that of another class. Ignored ids may have any colour,
   * and a colour that several indices have tells nothing.
   */
  private Optional<String> contradiction(List<Integer> palette, long[] counts, Path file) {
    Map<Integer, Long> users = new HashMap<>();
    for (int id = 0; id < palette.size() && id < counts.length; id++) {
      if (counts[id] > 0) {
        users.merge(palette.get(id), 1L, Long::sum);
      }
    }
    for (int index = 0; index < palette.size() && index < counts.length; index++) {
      int color = palette.get(index);
      int own = meaning(index);
      if (counts[index] == 0 || own == classes.ignore() || users.getOrDefault(color, 0L) > 1) {
        continue;
      }
      List<String> owners =
          classes.classes().stream()
              .filter(each -> each.color() == color)
              .map(LabelClass::name)
              .toList();
      if (!owners.isEmpty() && (own == WRONG || classes.color(own) != color)) {
        String shown =
            "%s: its palette gives id %d the colour #%06x of '%s', but in %s id %d is %s."
                .formatted(
                    file,
                    index,
                    color,
                    owners.get(0),
                    Dataset.DESCRIPTOR,
                    index,
                    own == WRONG
                        ? "no class"
                        : "'%s' (%s)"
                            .formatted(classes.name(own), classes.classes().get(own).hex()));
        return Optional.of(
            "%s Where the colours are right, write labels: {kind: colors} in %s; where the ids are, write labels: {palette: ignore}."
                .formatted(shown, Dataset.DESCRIPTOR));
      }
    }
    return Optional.empty();
  }

  /** What is wrong with the values of a label map, with their counts and a place. */
  public String wrong(DecodedLabels decoded, Path file) {
    if (coding.isPlain()) {
      return LabelCheck.wrongIds(decoded, file, classes, Dataset.DESCRIPTOR);
    }
    List<DecodedLabels.Wrong> wrong = decoded.wrong();
    DecodedLabels.Wrong first = wrong.get(0);
    String where =
        "%s has the %s %s at (x=%d, y=%d), in %,d pixels%s, but %s."
            .formatted(
                file,
                coding.word(),
                coding.shown(first.stored()),
                first.x(),
                first.y(),
                first.pixels(),
                others(wrong, decoded.wrongPixels() - first.pixels()),
                rule(first.stored()));
    return "%s %s".formatted(where, wayOut(wrong));
  }

  private String others(List<DecodedLabels.Wrong> wrong, long pixels) {
    if (wrong.size() == 1) {
      return "";
    }
    String largest =
        wrong.stream()
            .skip(1)
            .sorted(Comparator.comparingLong(DecodedLabels.Wrong::pixels).reversed())
            .limit(3)
            .map(each -> "%s: %,d".formatted(coding.shown(each.stored()), each.pixels()))
            .collect(Collectors.joining(", "));
    return " (and %,d more %s in %,d pixels: %s%s)"
        .formatted(
            wrong.size() - 1,
            wrong.size() == 2 ? coding.word() : coding.word() + "s",
            pixels,
            largest,
            wrong.size() > 4 ? ", ..." : "");
  }

  private String rule(int stored) {
    if (coding.kind() == LabelCoding.Kind.COLORS) {
      return "%s gives this colour to no class".formatted(Dataset.DESCRIPTOR);
    }
    if (stored < classes.size() && coding.map().containsValue(stored)) {
      String taken =
          coding.map().entrySet().stream()
              .filter(each -> each.getValue() == stored)
              .map(each -> String.valueOf(each.getKey()))
              .limit(3)
              .collect(Collectors.joining(", "));
      return "the map in %s gives class %d ('%s') to %s and does not say what %d is"
          .formatted(Dataset.DESCRIPTOR, stored, classes.name(stored), taken, stored);
    }
    return "neither the classes nor the map in %s name it".formatted(Dataset.DESCRIPTOR);
  }

  private String wayOut(List<DecodedLabels.Wrong> wrong) {
    if (coding.kind() == LabelCoding.Kind.COLORS && wrong.size() > MANY_COLORS) {
      return "So many colours come from compression, smoothing or scaling: save the label maps without, or write labels: {map: {other: ignore}}.";
    }
    return "Correct the label map%s, or write labels: {map: {%s: ignore}}."
        .formatted(
            coding.kind() == LabelCoding.Kind.COLORS ? ", add a class of this colour" : "",
            coding.written(wrong.get(0).stored()));
  }
}
