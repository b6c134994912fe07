package dev.inlay.pytorch;

import dev.inlay.InlayException;
import dev.inlay.files.FileKind;
import dev.inlay.pickle.FileErrors;
import dev.inlay.weights.Safetensors;
import dev.inlay.weights.TensorFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens tensor files of every supported format. */
public final class TensorFiles {
  private static final int START_BYTES = 512;
  private static final String WEIGHTS = "weights that Inlay reads";
  private static final String WEIGHT_MAP = "\"weight_map\"";

  private TensorFiles() {}

  /**
   * Opens a file; its first bytes, not its name, decide the format.
   *
   * @throws InlayException if it can't be read, has no supported format, or breaks a rule of its
   *     format
   */
  public static TensorFile open(Path path) {
    return open(path, null);
  }

  /**
   * Opens a file and takes one of its sets of weights.
   *
   * @param wanted the set to take from a checkpoint with two; null takes the one under the usual
   *     key
   * @throws InlayException as {@link #open(Path)}, or if the file does not have the wanted set
   */
  public static TensorFile open(Path path, WeightSet.@Nullable Kind wanted) {
    String start = start(path);
    if (isPyTorch(start)) {
      return PyTorchFile.open(path, wanted);
    }
    if (wanted != null) {
      throw new FileErrors(path)
          .of(
              "it is no PyTorch checkpoint, which may have two sets of weights, so --weights %s has no meaning. Leave the option out."
                  .formatted(wanted.name().toLowerCase(Locale.ROOT)));
    }
    return isIndex(start) ? ShardedFile.open(path, TensorFiles::openOne) : openOne(path, start);
  }

  /** Opens a file that is no index. */
  private static TensorFile openOne(Path path) {
    String start = start(path);
    return isPyTorch(start) ? PyTorchFile.open(path) : openOne(path, start);
  }

  private static TensorFile openOne(Path path, String start) {
    Optional<FileKind> other = isSafetensors(start) ? Optional.empty() : FileKind.of(path);
    if (other.isPresent()) {
      throw new InlayException(other.get().weightsMessage(path, WEIGHTS));
    }
    return Safetensors.open(path);
  }

  private static boolean isPyTorch(String start) {
    return !isSafetensors(start)
        && (start.startsWith("PK")
            || start.startsWith("\u0080")
            || start.startsWith(LegacyCheckpoint.OLDEST_START));
  }

  /**
   * Whether the file begins with a length below 2^32 and a JSON object. This test comes first,
   * because the length's first byte may be that of any other format.
   */
  private static boolean isSafetensors(String start) {
    return start.startsWith("\u0000\u0000\u0000\u0000{", 4);
  }

  private static boolean isIndex(String start) {
    return start.stripLeading().startsWith("{") && start.contains(WEIGHT_MAP);
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
