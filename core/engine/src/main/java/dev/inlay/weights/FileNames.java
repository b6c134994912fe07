package dev.inlay.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Kinds of files by their names, where no bytes tell them. */
final class FileNames {

  static final FileKind TENSORFLOW =
      new FileKind(
          "a part of a TensorFlow checkpoint (.index, .data)", FirstBytes.convert("TensorFlow"));

  private static final Map<Pattern, FileKind> NAMES = new LinkedHashMap<>();

  static {
    put(".*\\.(pdparams|pdopt|pdmodel)", "PaddlePaddle file", "PaddlePaddle");
    NAMES.put(Pattern.compile(".*\\.(index|data-\\d+-of-\\d+|meta)"), TENSORFLOW);
    put(".*\\.pb", "TensorFlow program", "TensorFlow");
    put(".*\\.caffemodel", "Caffe file", "Caffe");
    put(".*\\.mlmodel", "Core ML program", "coremltools");
    put(".*\\.msgpack", "Flax file", "Flax");
    put(".*\\.(t7|net)", "Torch 7 file", "Torch 7");
    put(".*\\.params", "MXNet file of parameters", "MXNet");
    put(".*\\.onnx", "ONNX program", "the project that it was exported from");
  }

  private FileNames() {}

  private static void put(String pattern, String what, String library) {
    String article = "AEIOU".indexOf(what.charAt(0)) >= 0 || what.startsWith("MX") ? "an" : "a";
    NAMES.put(
        Pattern.compile(pattern), new FileKind(article + " " + what, FirstBytes.convert(library)));
  }

  /** The kind of a file by its name in lower case; empty if it is unknown. */
  static Optional<FileKind> kind(String name) {
    return NAMES.entrySet().stream()
        .filter(each -> each.getKey().matcher(name).matches())
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
