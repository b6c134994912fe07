package dev.inlay.pytorch;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * Checks the CRC-32 of storages that are read in order, from the first byte to the last, in pieces
 * of any size.
 */
final class Checksums {
  private final Map<String, Progress> begun = new ConcurrentHashMap<>();

  private static final class Progress {
    private final CRC32 checksum = new CRC32();
    private long next;

    /** The checksum once all bytes were read, else -1. */
    synchronized long take(long from, ByteBuffer bytes, long whole) {
      if (from == next) {
        next += bytes.remaining();
        checksum.update(bytes);
        return next == whole ? checksum.getValue() : -1;
      }
      return -1;
    }
  }

  /**
   * Adds bytes that were read.
   *
   * @return whether these bytes complete the storage and its checksum is wrong
   */
  boolean damaged(Layout tensor, long from, ByteBuffer bytes) {
    Place storage = tensor.storage();
    if (storage.checksum() == 0 || !tensor.coversStorage()) {
      return false;
    }
    String name = tensor.info().name();
    if (from == 0) {
      begun.put(name, new Progress());
    }
    Progress progress = begun.get(name);
    long checksum = progress == null ? -1 : progress.take(from, bytes, storage.bytes());
    if (checksum >= 0) {
      begun.remove(name);
    }
    return checksum >= 0 && checksum != storage.checksum();
  }
}
