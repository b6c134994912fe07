package dev.inlay.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Test files from single bytes, so that any part can be wrong. */
final class RawFile {
  private RawFile() {}

  /** Writes a length, the header and a number of zeros as data. */
  static Path write(Path path, String header, int dataBytes) {
    return write(path, header.getBytes(StandardCharsets.UTF_8), ByteBuffer.allocate(dataBytes));
  }

  static Path write(Path path, byte[] header, ByteBuffer data) {
    return write(
        path,
        ByteBuffer.allocate(8 + header.length + data.remaining())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header)
            .put(data)
            .array());
  }

  static Path write(Path path, byte[] content) {
    try {
      return Files.write(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
