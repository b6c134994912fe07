package dev.inlay.pytorch;

/**
 * A stored entry of a zip file.
 *
 * @param name its path in the zip file
 * @param begin where its own header begins
 * @param data where its bytes lie
 */
record ZipEntryPlace(String name, long begin, Place data) {
  /** The first byte behind it. */
  long end() {
    return data.offset() + data.bytes();
  }
}
