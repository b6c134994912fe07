package dev.inlay.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A channel that accepts exactly the bytes of one tensor. */
final class TensorChannel implements WritableByteChannel {
  private final WritableByteChannel file;
  private final TensorInfo tensor;
  private long left;

  TensorChannel(WritableByteChannel file, TensorInfo tensor) {
    this.file = file;
    this.tensor = tensor;
    this.left = tensor.bytes();
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    if (bytes.remaining() > left) {
      throw new IllegalStateException(
          "The tensor %s has only %d bytes left, not %d"
              .formatted(tensor, left, bytes.remaining()));
    }
    int count = 0;
    while (bytes.hasRemaining()) {
      count += file.write(bytes);
    }
    left -= count;
    return count;
  }

  void requireAll() {
    if (left > 0) {
      throw new IllegalStateException("The tensor %s lacks %d bytes".formatted(tensor, left));
    }
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() {
    // The file stays open for further tensors.
  }
}
