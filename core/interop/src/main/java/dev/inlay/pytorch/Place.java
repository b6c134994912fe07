package dev.inlay.pytorch;

/**
 * The place of a storage or a zip entry in the file.
 *
 * @param offset the position of the first byte, from the start of the file
 * @param bytes the number of bytes
 * @param checksum the CRC-32 of the bytes, or 0 if the file has none
 */
record Place(long offset, long bytes, long checksum) {}
