package dev.inlay.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Kinds of folders by a file in them. */
final class FolderKinds {

  private static final Map<String, FileKind> MARKS = new LinkedHashMap<>();

  static {
    MARKS.put(
        "saved_model.pb",
        new FileKind("a TensorFlow SavedModel, a folder", WayOut.convert("TensorFlow")));
    MARKS.put(
        "checkpoint",
        new FileKind("a folder of TensorFlow checkpoints", WayOut.convert("TensorFlow")));
    MARKS.put(
        "model.safetensors.index.json",
        new FileKind(
            "a folder with a model in several files", "Give model.safetensors.index.json in it."));
    MARKS.put(
        "model.safetensors",
        new FileKind("a folder with a model in it", "Give model.safetensors in it."));
    MARKS.put(
        "pytorch_model.bin.index.json",
        new FileKind(
            "a folder with a model in several files", "Give pytorch_model.bin.index.json in it."));
    MARKS.put(
        "pytorch_model.bin",
        new FileKind("a folder with a model in it", "Give pytorch_model.bin in it."));
    MARKS.put(
        "data.pkl",
        new FileKind(
            "an unpacked PyTorch checkpoint, a folder",
            "Give the file that it was unpacked from."));
    MARKS.put(
        "model.weights.h5",
        new FileKind("an unpacked Keras model, a folder", WayOut.convert("Keras")));
    MARKS.put(
        "Manifest.json",
        new FileKind("a Core ML package, a folder", WayOut.convert("coremltools")));
  }

  static {
    FileKind zarr = DataKinds.array("a Zarr store, a folder", "zarr");
    MARKS.put(".zgroup", zarr);
    MARKS.put(".zarray", zarr);
    MARKS.put("zarr.json", zarr);
    MARKS.put("DICOMDIR", ImageKinds.DICOM_FOLDER);
  }

  private FolderKinds() {}

  static Optional<FileKind> of(Path folder) {
    return MARKS.entrySet().stream()
        .filter(each -> Files.exists(folder.resolve(each.getKey())))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
