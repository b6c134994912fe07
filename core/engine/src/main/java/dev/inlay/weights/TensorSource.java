package dev.inlay.weights;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** The bytes of tensors for a writer of files of any format. */
@FunctionalInterface
public interface TensorSource {

  /**
   * Writes all bytes of a tensor, little-endian, in any number of pieces. The channel accepts each
   * buffer completely.
   */
  void write(TensorInfo tensor, WritableByteChannel channel) throws IOException;

  /**
   * Writes a tensor and checks the number of bytes; for writers of files.
   *
   * @throws IllegalStateException if the source writes too many or too few bytes
   */
  default void writeWhole(TensorInfo tensor, WritableByteChannel file) throws IOException {
    TensorChannel channel = new TensorChannel(file, tensor);
    write(tensor, channel);
    channel.requireAll();
  }
}
