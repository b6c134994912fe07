package dev.inlay.pytorch;

import dev.inlay.weights.Safetensors;
import dev.inlay.weights.TensorFile;
import java.nio.file.Path;

/** Opens files of tensors of every format that is read here. */
public final class TensorFiles {

  private TensorFiles() {}

  /**
   * Opens a file; its first bytes, not its name, say which format it has.
   *
   * @throws dev.inlay.InlayException if it can't be read, has none of the formats, or breaks a rule
   *     of its own
   */
  public static TensorFile open(Path path) {
    return Safetensors.open(path);
  }
}
