package dev.inlay.pytorch;

/**
 * An entry of a zip file.
 *
 * @param name its path in the zip file
 * @param stored whether its bytes are as they were, not compressed
 * @param begin where its own header begins
 * @param data where its bytes lie
 */
record ZipEntryPlace(String name, boolean stored, long begin, Place data) {
  /** The first byte behind it. */
  long end() {
    return data.offset() + data.bytes();
  }
}
