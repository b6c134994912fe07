package dev.inlay.pytorch;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/** Checks storages that are read whole, from their first byte to their last, in any pieces. */
final class Checksums {
  private final Map<String, Progress> begun = new ConcurrentHashMap<>();

  private static final class Progress {
    private final CRC32 checksum = new CRC32();
    private long next;

    /** The checksum once all bytes were seen, else -1. */
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
   * Takes bytes that were read.
   *
   * @return whether these were the last of the storage and it is damaged
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
