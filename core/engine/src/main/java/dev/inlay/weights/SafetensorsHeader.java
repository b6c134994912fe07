package dev.inlay.weights;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checked header of a safetensors file, which has 8 bytes of length, the JSON, then the data.
 *
 * @param metadata the texts under {@code __metadata__}, in the file's order
 * @param entries the tensors by name, in the file's order
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Entry> entries) {
  /** The number of bytes before the JSON, for its length. */
  static final int LENGTH_BYTES = 8;

  /** The largest length of a header in bytes, the limit of the format's own library. */
  static final long LONGEST = 100_000_000;

  /** The end of a message about a damaged file. */
  static final String DAMAGED =
      "The file is damaged or was written wrongly: fetch or save it again.";

  private static final int PIECE_BYTES = 1 << 16;

  /**
   * One tensor of a file.
   *
   * @param tensor its name, number format and shape
   * @param offset the offset of its first byte from the start of the file
   */
  record Entry(TensorInfo tensor, long offset) {
    String name() {
      return tensor.name();
    }

    /** Its size in bytes, which may exceed the largest buffer. */
    long bytes() {
      return tensor.bytes();
    }
  }

  SafetensorsHeader {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /**
   * Reads and checks the header of an open file.
   *
   * @throws InlayException if the file violates the format
   */
  static SafetensorsHeader read(Path path, FileChannel channel) throws IOException {
    long fileBytes = channel.size();
    if (fileBytes < LENGTH_BYTES) {
      throw new InlayException(
          "%s has %d bytes; a safetensors file has at least %d. Fetch or save it again."
              .formatted(path, fileBytes, LENGTH_BYTES));
    }
    byte[] length = bytes(path, channel, 0, LENGTH_BYTES);
    long headerBytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (headerBytes < 0 || headerBytes > LONGEST) {
      throw new InlayException(
          "%s announces a header of %s bytes; a safetensors file has at most %d. Give a safetensors file."
              .formatted(path, Long.toUnsignedString(headerBytes), LONGEST));
    }
    if (headerBytes > fileBytes - LENGTH_BYTES) {
      throw new InlayException(
          "%s announces a header of %d bytes, but only %d follow. It was cut short: fetch it again."
              .formatted(path, headerBytes, fileBytes - LENGTH_BYTES));
    }
    byte[] text = bytes(path, channel, LENGTH_BYTES, (int) headerBytes);
    SafetensorsHeader header = HeaderJson.parse(path, text);
    checkLayout(path, header.entries.values(), fileBytes - LENGTH_BYTES - headerBytes);
    return header.shifted(LENGTH_BYTES + headerBytes);
  }

  /** Whether a file begins as this format does, if it is damaged further on. */
  static boolean begins(FileChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(LENGTH_BYTES + 1).order(ByteOrder.LITTLE_ENDIAN);
    while (start.hasRemaining() && channel.read(start, start.position()) >= 0) {
      // Continues until the buffer is full.
    }
    return !start.hasRemaining()
        && start.getInt(Integer.BYTES) == 0
        && start.get(LENGTH_BYTES) == '{';
  }

  private static byte[] bytes(Path path, FileChannel channel, long from, int count)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.position() < count) {
      // Read in pieces, because the system allocates a second buffer of the largest read's size.
      bytes.limit((int) Math.min(count, (long) bytes.position() + PIECE_BYTES));
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new InlayException(
            path
                + " ended inside its header: it was shortened while it was being read. "
                + "Fetch it again.");
      }
    }
    return bytes.array();
  }

  /** The tensors must cover the data from its first byte to its last, each byte once. */
  private static void checkLayout(Path path, Collection<Entry> entries, long dataBytes) {
    List<Entry> byPlace =
        entries.stream()
            .sorted(Comparator.comparingLong(Entry::offset).thenComparingLong(Entry::bytes))
            .toList();
    long end = 0;
    @Nullable Entry before = null;
    for (Entry entry : byPlace) {
      if (entry.offset() < end && before != null) {
        throw fault(
            path,
            "the tensors %s and %s overlap: one ends at byte %d of the data, one begins at %d."
                .formatted(
                    Text.quoted(before.name()), Text.quoted(entry.name()), end, entry.offset()));
      }
      if (entry.offset() > end) {
        throw fault(
            path,
            "%d bytes before the tensor %s belong to no tensor."
                .formatted(entry.offset() - end, Text.quoted(entry.name())));
      }
      end = entry.offset() + entry.bytes();
      if (end > dataBytes) {
        throw new InlayException(
            ("%s: the tensor %s ends at byte %d of the data, but the file has only %d. "
                    + "It was cut short: fetch it again.")
                .formatted(path, Text.quoted(entry.name()), end, dataBytes));
      }
      before = entry;
    }
    if (end < dataBytes) {
      throw fault(
          path, "%d bytes after the last tensor belong to no tensor.".formatted(dataBytes - end));
    }
  }

  private SafetensorsHeader shifted(long dataStart) {
    Map<String, Entry> shifted = new LinkedHashMap<>();
    entries.forEach(
        (name, entry) -> shifted.put(name, new Entry(entry.tensor(), dataStart + entry.offset())));
    return new SafetensorsHeader(metadata, shifted);
  }

  private static InlayException fault(Path path, String message) {
    return new InlayException(path + ": " + message + " " + DAMAGED);
  }
}
