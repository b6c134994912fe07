package dev.inlay.weights;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/** Supplies the bytes of tensors that are written to a file, whatever its format. */
@FunctionalInterface
public interface TensorSource {

  /**
   * Writes all bytes of one tensor, little-endian, to the channel, in as many pieces as it likes.
   * The channel takes each buffer whole.
   */
  void write(TensorInfo tensor, WritableByteChannel channel) throws IOException;

  /**
   * Writes a tensor and sees to it that just its bytes are written; for writers of files.
   *
   * @throws IllegalStateException if there are too many or too few
   */
  default void writeWhole(TensorInfo tensor, WritableByteChannel file) throws IOException {
    TensorChannel channel = new TensorChannel(file, tensor);
    write(tensor, channel);
    channel.requireAll();
  }
}
