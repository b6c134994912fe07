package dev.inlay.files;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Kinds of files by their names, where no bytes tell them. */
final class FileNames {

  static final FileKind TENSORFLOW =
      weights("a part of a TensorFlow checkpoint (.index, .data)", "TensorFlow");

  private record Row(Pattern name, FileKind kind) {}

  private static final List<Row> ROWS =
      List.of(
          row(".*\\.(pdparams|pdopt|pdmodel)", weights("a PaddlePaddle file", "PaddlePaddle")),
          row(".*\\.(index|data-\\d+-of-\\d+|meta)", TENSORFLOW),
          row(".*\\.pb", weights("a TensorFlow program", "TensorFlow")),
          row(".*\\.caffemodel", weights("a Caffe file", "Caffe")),
          row(".*\\.mlmodel", weights("a Core ML program", "coremltools")),
          row(".*\\.msgpack", weights("a Flax file", "Flax")),
          row(".*\\.(t7|net)", weights("a Torch 7 file", "Torch 7")),
          row(".*\\.params", weights("an MXNet file of parameters", "MXNet")),
          row(".*\\.onnx", weights("an ONNX program", "the project that it was exported from")),
          row(".*\\.(tga|icb|vda|vst)", ImageKinds.TARGA));

  private FileNames() {}

  private static Row row(String pattern, FileKind kind) {
    return new Row(Pattern.compile(pattern), kind);
  }

  private static FileKind weights(String what, String library) {
    return new FileKind(what, WayOut.convert(library), WayOut.IMAGE);
  }

  /** The kind of a file by its name in lower case; empty if it is unknown. */
  static Optional<FileKind> kind(String name) {
    return ROWS.stream()
        .filter(each -> each.name.matcher(name).matches())
        .map(Row::kind)
        .findFirst();
  }
}
