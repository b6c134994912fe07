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
   * Saves tensors, replacing the file that may be there. The file appears whole: it is written
   * beside its place, forced to the disk, then moved; if anything fails, nothing has changed.
   *
   * @param meta plain data by key, in the map's order: texts, numbers, booleans, null, and lists
   *     and maps (by text) of them
   * @param tensors what to save, in this order
   * @param source is asked for each tensor once, in that order
   * @throws dev.inlay.InlayException if the path is a folder, lies in none, or the system refuses
   *     to write
   * @throws IllegalArgumentException if two tensors have one name, a text cannot be written as
   *     UTF-8, or the meta holds something else
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
