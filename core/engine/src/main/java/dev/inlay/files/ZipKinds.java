package dev.inlay.files;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Kinds of zip files by the names of their entries. */
final class ZipKinds {
  private static final int NAME_LENGTH = 26;
  private static final int NAME = 30;

  private record Row(Predicate<String> entry, FileKind kind) {}

  private static final FileKind ANY =
      new FileKind(
          "a zip file without data.pkl",
          "If a checkpoint is in it, unpack it and give the checkpoint itself.",
          WayOut.UNPACK);

  private static final FileKind UNKNOWN =
      new FileKind(
          "a zip file",
          "If it is a PyTorch checkpoint (.pth), make a model of it with `inlay import`.",
          WayOut.UNPACK);

  private static final FileKind CHECKPOINT =
      new FileKind(
          "a PyTorch checkpoint (.pth)", "Make a model of it with `inlay import`.", WayOut.IMAGE);

  private static final List<Row> ROWS =
      List.of(
          row("model.weights.h5", "a Keras model", WayOut.convert("Keras"), WayOut.IMAGE),
          row(".npy", "several NumPy arrays (.npz)", WayOut.convert("NumPy"), DataKinds.AS_PNG),
          row(
              "META-INF/MANIFEST.MF",
              "a jar",
              "Techniques go to the plugin folder. Give a file of weights.",
              WayOut.IMAGE),
          row("[Content_Types].xml", "an Office document", WayOut.WEIGHTS, WayOut.FRAMES),
          row("saved_model.pb", "a TensorFlow program", WayOut.convert("TensorFlow"), WayOut.IMAGE),
          row(
              ".pth",
              "a zip file with a checkpoint in it",
              "Unpack it, and give the checkpoint.",
              WayOut.IMAGE),
          row(
              ".pt",
              "a zip file with a checkpoint in it",
              "Unpack it, and give the checkpoint.",
              WayOut.IMAGE),
          row(
              ".safetensors",
              "a zip file with safetensors in it",
              "Unpack it, and give the safetensors file.",
              WayOut.IMAGE));

  /** Zip files by the name of the entry that they begin with, because no more is looked at. */
  static final List<KindRow> BY_FIRST_ENTRY =
      Stream.concat(
              Stream.of(new Row(entry -> entry.endsWith("data.pkl"), CHECKPOINT)),
              Stream.concat(ROWS.stream(), Stream.of(new Row(entry -> true, UNKNOWN))))
          .map(row -> new KindRow(start -> isZip(start) && row.entry.test(first(start)), row.kind))
          .toList();

  private ZipKinds() {}

  private static Row row(String ending, String what, String forWeights, String forImages) {
    return new Row(entry -> entry.endsWith(ending), new FileKind(what, forWeights, forImages));
  }

  private static boolean isZip(FileStart start) {
    return start.has(0, "PK\u0003\u0004");
  }

  /** The name of the first entry; empty if it ends beyond the bytes that are looked at. */
  private static String first(FileStart start) {
    int length = Math.max(0, start.at(NAME_LENGTH)) + 256 * Math.max(0, start.at(NAME_LENGTH + 1));
    String name = start.part(NAME, NAME + length);
    return name.length() == length ? name : "";
  }

  /** The kind of a zip file without a PyTorch checkpoint. */
  static FileKind of(Collection<String> entries) {
    return ROWS.stream()
        .filter(row -> entries.stream().anyMatch(row.entry))
        .map(Row::kind)
        .findFirst()
        .orElse(ANY);
  }
}
