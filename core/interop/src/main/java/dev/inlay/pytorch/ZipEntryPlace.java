package dev.inlay.pytorch;

/**
 * An entry of a zip file.
 *
 * @param name its path in the zip file
 * @param stored whether its data is uncompressed
 * @param begin the position of its local header
 * @param data the place of its data
 */
record ZipEntryPlace(String name, boolean stored, long begin, Place data) {
  /** The position after its last byte. */
  long end() {
    return data.offset() + data.bytes();
  }
}
