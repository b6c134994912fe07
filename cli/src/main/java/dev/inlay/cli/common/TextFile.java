package dev.inlay.cli.common;

import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import java.nio.file.Path;
import java.util.function.Function;

/** A text file that the user names, such as rules or a configuration. */
public final class TextFile {

  private static final int LARGEST = 16 << 20;

  private TextFile() {}

  /**
   * Reads and parses a file; an error's message begins with the file's path.
   *
   * @throws InlayException if the file is not UTF-8 text, or if the parser refuses it
   */
  public static <T> T read(Path path, Function<String, T> parser) {
    String text = SmallFile.text(path, "file", LARGEST);
    try {
      return parser.apply(text);
    } catch (InlayException e) {
      throw new InlayException(path + ": " + e.getMessage(), e);
    }
  }
}
