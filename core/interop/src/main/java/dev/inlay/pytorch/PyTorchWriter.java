package dev.inlay.pytorch;

import dev.inlay.files.WholeFile;
import dev.inlay.pickle.CheckpointPickle;
import dev.inlay.weights.TensorInfo;
import dev.inlay.weights.TensorSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes checkpoints as PyTorch's {@code torch.save} does: {@code {'meta': …, 'state_dict': …}},
 * which {@code torch.load(weights_only=True)}, with and without {@code mmap}, and the loaders of
 * mmsegmentation read.
 */
public final class PyTorchWriter {

  private static final byte[] LITTLE_ENDIAN = "little".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FORMAT_VERSION = "3\n".getBytes(StandardCharsets.US_ASCII);

  private PyTorchWriter() {}

  /**
   * Saves tensors and replaces an existing file. The write is atomic: a temporary file in the same
   * folder is written, forced to the disk and then moved; after a failure the old file is
   * unchanged.
   *
   * @param meta plain data by key, in the map's order: strings, numbers, booleans, null, and lists
   *     and maps with string keys of such values
   * @param tensors the tensors, in the order of the file
   * @param source writes each tensor, once and in that order
   * @throws dev.inlay.InlayException if the path is a folder, its folder does not exist, or the
   *     file can't be written
   * @throws IllegalArgumentException if two tensors have the same name, a string is not valid
   *     Unicode, or the metadata has a value of another type
   * @throws IllegalStateException if the source writes too many or too few bytes for a tensor
   */
  public static void write(
      Path path, Map<String, ?> meta, List<TensorInfo> tensors, TensorSource source) {
    byte[] pickle = CheckpointPickle.pickle(meta, tensors);
    WholeFile.write(
        path,
        file -> {
          StoredZip zip = new StoredZip(file);
          zip.add("data.pkl", pickle);
          zip.add("byteorder", LITTLE_ENDIAN);
          for (int i = 0; i < tensors.size(); i++) {
            TensorInfo tensor = tensors.get(i);
            zip.add("data/" + i, tensor.bytes(), data -> source.writeWhole(tensor, data));
          }
          zip.add("version", FORMAT_VERSION);
          zip.end();
          file.force(true);
        });
  }
}
