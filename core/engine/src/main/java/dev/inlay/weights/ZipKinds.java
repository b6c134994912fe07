package dev.inlay.weights;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Kinds of zip files by the names of their entries. */
final class ZipKinds {

  private record Row(Predicate<String> entry, FileKind kind) {}

  private static final FileKind ANY =
      new FileKind(
          "a zip file without data.pkl",
          "If a checkpoint is in it, unpack it and give the checkpoint itself.");

  private static final List<Row> ROWS =
      List.of(
          row("model.weights.h5", "a Keras model", FirstBytes.convert("Keras")),
          row(".npy", "several NumPy arrays (.npz)", FirstBytes.convert("NumPy")),
          row(
              "META-INF/MANIFEST.MF",
              "a jar",
              "Techniques go to the plugin folder. Give a file of weights."),
          row("[Content_Types].xml", "an Office document", "Give a file of weights."),
          row("saved_model.pb", "a TensorFlow program", FirstBytes.convert("TensorFlow")),
          row(".pth", "a zip file with a checkpoint in it", "Unpack it, and give the checkpoint."),
          row(".pt", "a zip file with a checkpoint in it", "Unpack it, and give the checkpoint."),
          row(
              ".safetensors",
              "a zip file with safetensors in it",
              "Unpack it, and give the safetensors file."));

  private ZipKinds() {}

  private static Row row(String ending, String what, String wayOut) {
    return new Row(entry -> entry.endsWith(ending), new FileKind(what, wayOut));
  }

  static FileKind of(Collection<String> entries) {
    return ROWS.stream()
        .filter(row -> entries.stream().anyMatch(row.entry))
        .map(Row::kind)
        .findFirst()
        .orElse(ANY);
  }
}
