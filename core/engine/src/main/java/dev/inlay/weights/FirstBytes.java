package dev.inlay.weights;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Kinds of files by their first bytes, as their formats' specifications give them. */
final class FirstBytes {

  /**
   * The start of a file.
   *
   * @param bytes the first bytes, as many as there are up to {@link FileKind#START_BYTES}
   * @param name the file's name in lower case
   */
  record Start(byte[] bytes, String name) {

    private static final int TAB = 9;
    private static final int RETURN = 13;
    private static final int SPACE = 32;
    private static final int DELETE = 127;

    /** The bytes as characters of the same numbers. */
    String characters() {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Whether bytes, written as characters, stand at a place. */
    boolean has(int at, String signature) {
      return characters().startsWith(signature, at);
    }

    int at(int place) {
      return place < bytes.length ? Byte.toUnsignedInt(bytes[place]) : -1;
    }

    /** Whether the bytes are UTF-8 without control characters but spaces and ends of lines. */
    boolean isText() {
      for (byte each : bytes) {
        int code = Byte.toUnsignedInt(each);
        if (code < TAB || code > RETURN && code < SPACE || code == DELETE) {
          return false;
        }
      }
      // The last character may be cut in two, so that the input has not ended.
      CoderResult result =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length), false);
      return bytes.length > 0 && !result.isError();
    }

    /** The text in lower case without a byte order mark and leading space. */
    String text() {
      String text = new String(bytes, StandardCharsets.UTF_8);
      String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
      return bare.strip().toLowerCase(Locale.ROOT);
    }

    boolean begins(String... words) {
      return List.of(words).stream().anyMatch(text()::startsWith);
    }
  }

  private record Row(Predicate<Start> test, FileKind kind) {}

  private static final String CONVERT =
      "Load the weights in %s and save them with safetensors or torch.save, under the names of a network that Inlay has.";

  private static final String UNPACK = "Unpack it, and give the file in it.";
  private static final String PICTURE = "Give a file of weights; images go to inlay predict.";

  private static final List<Row> ROWS =
      List.of(
          row(start -> start.bytes.length == 0, "empty", "Fetch or save it again."),
          row("\u0089HDF\r\n\u001a\n", "an HDF5 file, as Keras and h5py write it", "Keras or h5py"),
          row("GGUF", "a GGUF file, as llama.cpp reads it", "the gguf package"),
          row(0, "\u0093NUMPY", "a NumPy array", convert("NumPy")),
          row(4, "TFL3", "a TensorFlow Lite program", convert("TensorFlow")),
          row("MATLAB 5.0 MAT-file", "a MATLAB file", "SciPy"),
          row(
              start -> start.has(0, "\u0012\u0001\0\0\0\0\0\0") && start.at(8) >= 0,
              "an MXNet file of parameters",
              convert("MXNet")),
          row(
              FirstBytes::isPaddle,
              "a file of PaddlePaddle's parameters (.pdiparams)",
              convert("PaddlePaddle")),
          row(
              FirstBytes::isSavedModel,
              "a program of TensorFlow (saved_model.pb)",
              convert("TensorFlow")),
          row(
              FirstBytes::isOnnx,
              "an ONNX program",
              "Give the checkpoint that it was exported from: an ONNX file has a program's weights under the names of its operators."),
          row(
              0,
              "\u001f\u008b",
              "compressed by gzip",
              "Unpack it with gunzip, and give the result."),
          row(0, "BZh", "compressed by bzip2", "Unpack it with bunzip2, and give the result."),
          row(0, "\u00fd7zXZ\0", "compressed by xz", "Unpack it with unxz, and give the result."),
          row(
              0,
              "(\u00b5/\u00fd",
              "compressed by zstd",
              "Unpack it with unzstd, and give the result."),
          row(
              0,
              "\u0004\"M\u0018",
              "compressed by lz4",
              "Unpack it with unlz4, and give the result."),
          row(0, "7z\u00bc\u00af'\u001c", "a 7z archive", UNPACK),
          row(0, "Rar!\u001a\u0007", "a RAR archive", UNPACK),
          row(
              257,
              "ustar",
              "a tar archive",
              "Unpack it, and give the file in it. If it is a checkpoint of PyTorch before version 0.1.10, load it in Python and save it again with torch.save."),
          row(
              0,
              "version https://git-lfs",
              "a Git LFS pointer",
              "Fetch the file itself with `git lfs pull`."),
          row(0, "\u0089PNG\r\n\u001a\n", "a PNG image", PICTURE),
          row(0, "\u00ff\u00d8\u00ff", "a JPEG image", PICTURE),
          row(0, "GIF8", "a GIF image", PICTURE),
          row(0, "II+\0", "a BigTIFF image", "Convert it to TIFF below 4 GB or to PNG."),
          row(0, "MM\0+", "a BigTIFF image", "Convert it to TIFF below 4 GB or to PNG."),
          row(0, "II*\0", "a TIFF image", PICTURE),
          row(0, "MM\0*", "a TIFF image", PICTURE),
          row(
              start -> start.has(0, "RIFF") && start.has(8, "WEBP"),
              "a WebP image",
              "Convert it to PNG or JPEG."),
          row(
              start -> start.has(4, "ftyp") && start.at(0) == 0,
              "an image or a film of the MPEG-4 family, such as HEIC, AVIF or MP4",
              "Convert it to PNG or JPEG."),
          row(0, "\0\0\0\u000cjP  \r\n\u0087\n", "a JPEG 2000 image", "Convert it to PNG or TIFF."),
          row(0, "BM", start -> !start.isText(), "a BMP image", PICTURE),
          row(0, "%PDF-", "a PDF file", "Give the file that it describes."),
          row(0, "SQLite format 3\0", "an SQLite database", "Give a file of weights."),
          row(0, "\u007fELF", "a program or library", "Give a file of weights."),
          row(
              0,
              "MZ",
              start -> !start.isText(),
              "a program for Windows",
              "Give a file of weights."),
          row(0, "PAR1", "a Parquet file", "Give a file of weights."),
          text(
              start -> start.begins("<!doctype html", "<html", "<head", "<!--"),
              "a web page",
              "Check the address that it was fetched from."),
          text(
              start -> start.begins("<?xml", "<error"),
              "an XML document, which may be a server's answer in the place of a file",
              "Check the address that it was fetched from."),
          text(
              start -> start.begins("{", "[") && start.characters().contains("\"weight_map\""),
              "the index of a model in several files",
              "Give it to inlay import, with the files that it names beside it."),
          text(
              start -> start.begins("{", "["),
              "JSON",
              "A configuration goes to --config. If it is a server's answer, check the address that it was fetched from."),
          text(
              start -> start.name.endsWith(".yaml") || start.name.endsWith(".yml"),
              "YAML",
              "A spec goes to --network."),
          text(
              start -> start.name.endsWith(".py") || start.begins("_base_", "import ", "from "),
              "a Python program",
              "Nothing is run. Give the weights, and a configuration as JSON with --config."),
          row(
              start -> start.has(0, "PK\u0003\u0004"),
              "a zip file, most likely a PyTorch checkpoint (.pth)",
              "Make a model of it with `inlay import`."),
          row(
              start -> start.at(0) == 0x80 && start.at(1) >= 0 && start.at(1) <= 5,
              "a pickle, most likely a PyTorch checkpoint (.pth)",
              "Make a model of it with `inlay import`."));

  private static final int SHOWN = 40;

  private FirstBytes() {}

  static Optional<FileKind> kind(Start start) {
    Optional<FileKind> known =
        ROWS.stream().filter(row -> row.test.test(start)).map(Row::kind).findFirst();
    return known.isPresent() || !start.isText() ? known : Optional.of(text(start));
  }

  /** A text of no known form, which is often a server's answer such as {@code Not found}. */
  private static FileKind text(Start start) {
    String line =
        new String(start.bytes, StandardCharsets.UTF_8).strip().lines().findFirst().orElse("");
    return new FileKind(
        "a text that begins with '%s'".formatted(Text.shortened(line, SHOWN)),
        "Check the address that it was fetched from.");
  }

  static String convert(String library) {
    return CONVERT.formatted(library);
  }

  private static Row row(Predicate<Start> test, String what, String wayOut) {
    return new Row(test, new FileKind(what, wayOut));
  }

  private static Row row(String signature, String what, String library) {
    return row(0, signature, what, convert(library));
  }

  private static Row row(int at, String signature, String what, String wayOut) {
    return row(start -> start.has(at, signature), what, wayOut);
  }

  private static Row row(
      int at, String signature, Predicate<Start> also, String what, String wayOut) {
    return row(start -> start.has(at, signature) && also.test(start), what, wayOut);
  }

  private static Row text(Predicate<Start> test, String what, String wayOut) {
    return row(start -> start.isText() && test.test(start), what, wayOut);
  }

  /**
   * A tensor of version 0 with no levels of detail and of version 0 again, then the length of its
   * description, which begins with its type.
   */
  private static boolean isPaddle(Start start) {
    return start.has(0, "\0".repeat(16)) && start.at(16) > 0 && start.at(20) == 0x08;
  }

  /** A protocol buffer: field 1 is the format's version 1, field 2 a graph. */
  private static boolean isSavedModel(Start start) {
    return start.has(0, "\u0008\u0001\u0012") && !start.isText()
        || start.name.equals("saved_model.pb");
  }

  /**
   * A protocol buffer: field 1 is the version, from 1 on, and the next is the producer (2), its
   * version (3), the domain (4), the graph (7) or the operator sets (8).
   */
  private static boolean isOnnx(Start start) {
    boolean next = "\u0012\u001a\"\u003a\u0042".indexOf(start.at(2)) >= 0;
    return start.at(0) == 0x08 && start.at(1) > 1 && start.at(1) < 64 && next;
  }
}
