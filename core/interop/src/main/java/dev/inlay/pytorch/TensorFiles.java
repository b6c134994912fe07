package dev.inlay.pytorch;

import dev.inlay.InlayException;
import dev.inlay.pickle.FileErrors;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.TensorFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens tensor files of every supported format. */
public final class TensorFiles {
  private static final int TAR_MARK_AT = 257;
  private static final String TAR_MARK = "ustar";
  private static final int START_BYTES = TAR_MARK_AT + TAR_MARK.length();

  private TensorFiles() {}

  /**
   * Opens a file; its first bytes, not its name, decide the format.
   *
   * @throws InlayException if it can't be read, has no supported format, or breaks a rule of its
   *     format
   */
  public static TensorFile open(Path path) {
    String start = start(path);
    if (isSafetensors(start)) {
      return Safetensors.open(path);
    }
    if (start.startsWith("PK")
        || start.startsWith("\u0080")
        || start.startsWith(LegacyCheckpoint.OLDEST_START)) {
      return PyTorchFile.open(path);
    }
    if (start.startsWith(TAR_MARK, TAR_MARK_AT)) {
      throw new FileErrors(path)
          .of(
              "it is a tar file, the format of PyTorch before version 0.1.10. "
                  + "Load it in Python and save it again with torch.save.");
    }
    return Safetensors.open(path);
  }

  /**
   * Whether the file begins with a length below 2^32 and a JSON object. This test comes first,
   * because the length's first byte may be that of any other format.
   */
  private static boolean isSafetensors(String start) {
    return start.startsWith("\u0000\u0000\u0000\u0000{", 4);
  }

  private static String start(Path path) {
    if (!Files.exists(path)) {
      throw new InlayException(
          "%s does not exist. Give the path of a model, a PyTorch checkpoint or another safetensors file."
              .formatted(path));
    }
    if (!Files.isRegularFile(path)) {
      return ""; // Safetensors.open names what is wrong
    }
    try (InputStream file = Files.newInputStream(path)) {
      return new String(file.readNBytes(START_BYTES), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new FileErrors(path).unreadable(e);
    }
  }
}
