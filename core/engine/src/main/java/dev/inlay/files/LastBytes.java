package dev.inlay.files;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Kinds of files by their last bytes. */
final class LastBytes {

  /** The last bytes as characters of the same numbers. */
  private static final Map<String, FileKind> ENDS =
      Map.of(
          // The end of a table of LevelDB, as TensorFlow writes the index of a checkpoint.
          "\u0057\u00fb\u0080\u008b\u0024\u0075\u0047\u00db",
          FileNames.TENSORFLOW,
          // The footer of the format's second version (1989). The first one has no mark at all.
          "TRUEVISION-XFILE.\0",
          ImageKinds.TARGA);

  private LastBytes() {}

  static Optional<FileKind> kind(byte[] end) {
    String characters = new String(end, StandardCharsets.ISO_8859_1);
    return ENDS.entrySet().stream()
        .filter(each -> characters.endsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
