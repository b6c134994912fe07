package dev.inlay.pytorch;

/**
 * Where a storage lies.
 *
 * @param offset its first byte, counted from the start of the file
 * @param bytes how many it has
 * @param checksum the CRC-32 of them all, or 0 where the file has none
 */
record Place(long offset, long bytes, long checksum) {}
