package dev.inlay.files;

import java.util.List;

/** Weights by their first bytes: those of other libraries and those that Inlay reads. */
final class WeightKinds {
  private static final FileKind PICKLE =
      new FileKind(
          "a pickle, most likely a PyTorch checkpoint (.pth)",
          "Make a model of it with `inlay import`.",
          WayOut.IMAGE);

  static final List<KindRow> ROWS =
      List.of(
          // The length of a header below 4 GB, then a JSON object. This row comes first, because
          // the length's first bytes may be those of any other kind.
          KindRow.of(
              4, "\0\0\0\0{", new FileKind("a safetensors file", WayOut.WEIGHTS, WayOut.MODEL)),
          KindRow.of("GGUF", of("a GGUF file, as llama.cpp reads it", "the gguf package")),
          KindRow.of(4, "TFL3", of("a TensorFlow Lite program", "TensorFlow")),
          new KindRow(
              start -> start.has(0, "\u0012\u0001\0\0\0\0\0\0") && start.at(8) >= 0,
              of("an MXNet file of parameters", "MXNet")),
          new KindRow(
              WeightKinds::isPaddle,
              of("a file of PaddlePaddle's parameters (.pdiparams)", "PaddlePaddle")),
          new KindRow(
              WeightKinds::isSavedModel,
              of("a program of TensorFlow (saved_model.pb)", "TensorFlow")),
          new KindRow(
              WeightKinds::isOnnx,
              new FileKind(
                  "an ONNX program",
                  "Give the checkpoint that it was exported from: an ONNX file has a program's weights under the names of its operators.",
                  WayOut.IMAGE)),
          new KindRow(start -> start.at(0) == 0x80 && start.at(1) >= 0 && start.at(1) <= 5, PICKLE),
          // The magic number of a checkpoint from before 1.6 in a pickle of protocol 1.
          KindRow.of("L119547037146038801333356L\n", PICKLE));

  private WeightKinds() {}

  private static FileKind of(String what, String library) {
    return new FileKind(what, WayOut.convert(library), WayOut.IMAGE);
  }

  /**
   * A tensor of version 0 with no levels of detail and of version 0 again, then the length of its
   * description, which begins with its type.
   */
  private static boolean isPaddle(FileStart start) {
    return start.has(0, "\0".repeat(16)) && start.at(16) > 0 && start.at(20) == 0x08;
  }

  /** A protocol buffer: field 1 is the format's version 1, field 2 a graph. */
  private static boolean isSavedModel(FileStart start) {
    return start.has(0, "\u0008\u0001\u0012") && !start.isText() || start.isNamed("saved_model.pb");
  }

  /**
   * A protocol buffer: field 1 is the version, from 1 on, and the next is the producer (2), its
   * version (3), the domain (4), the graph (7) or the operator sets (8).
   */
  private static boolean isOnnx(FileStart start) {
    boolean next = "\u0012\u001a\"\u003a\u0042".indexOf(start.at(2)) >= 0;
    return start.at(0) == 0x08 && start.at(1) > 1 && start.at(1) < 64 && next;
  }
}
