package dev.inlay.reference;

import dev.inlay.InlayException;
import dev.inlay.pytorch.TensorFiles;
import dev.inlay.spec.Techniques;
import dev.inlay.torch.Network;
import dev.inlay.weights.Normalization;
import dev.inlay.weights.PartInfo;
import dev.inlay.weights.TensorFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Weights of a file, loaded into a network that is to be trained.
 *
 * @param file the file
 * @param loaded how many tensors were loaded
 * @param matched how the file's names were matched; empty for a file of a part, such as one of
 *     {@code inlay prepare}, whose names are the network's own
 */
public record InitialWeights(Path file, int loaded, Optional<Import> matched) {

  /**
   * Loads a file into a network. Parameters that the file does not have keep their values.
   *
   * @param request which tensors to take, and by which rules to rename them
   * @throws InlayException if the file cannot be read, does not fit the network, or lacks a
   *     parameter that the request does not reset; the network then keeps its values
   */
  public static InitialWeights load(
      Path path, Network network, Techniques techniques, ImportRequest request) {
    try (TensorFile file = TensorFiles.open(path)) {
      if (PartInfo.isPart(file.metadata())) {
        network.begin(file);
        return new InitialWeights(path, file.tensors().size(), Optional.empty());
      }
      Import matched = Import.of(file, techniques, request);
      network.begin(matched.file(), matched.transfer().sources());
      return new InitialWeights(path, matched.transfer().loaded().size(), Optional.of(matched));
    }
  }

  /** The normalisation of images that the file records; a part records none. */
  public Optional<Normalization> normalization() {
    return matched.map(each -> each.info().normalization());
  }
}
