package dev.inlay.pytorch;

import dev.inlay.pickle.FileErrors;
import dev.inlay.weights.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads the directory of a zip file as PyTorch writes it: entries one after another, with unique
 * names.
 *
 * <p>{@code java.util.zip} does not tell the position of an entry's data. Commons Compress, with
 * which {@link StoredZip} writes, does, but it reads as many entries as the file declares, accepts
 * overlapping entries, and never compares an entry's local header with the directory. The checks of
 * this class would be needed with it, too; it would save only the parsing of two headers.
 */
final class ZipDirectory {
  private static final int END_BYTES = 22;
  private static final int END = 0x06054b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int LOCATOR = 0x07064b50;
  private static final int BIG_END_BYTES = 56;
  private static final int BIG_END = 0x06064b50;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final long LONGEST_DIRECTORY = 16 << 20;
  private static final long MOST_ENTRIES = 20_000;

  private final FileChannel file;
  private final FileErrors errors;
  private final long size;

  ZipDirectory(FileChannel file, FileErrors errors) throws IOException {
    this.file = file;
    size = file.size();
    this.errors = errors;
  }

  /** The checked entries in the directory's order. */
  List<ZipEntryPlace> entries() throws IOException {
    Extent extent = extent();
    ByteBuffer directory = read(extent.offset(), (int) extent.bytes());
    List<ZipEntryPlace> entries = new ArrayList<>();
    var reader = new ZipEntryReader(this, errors, extent.offset());
    for (long i = 0; i < extent.entries(); i++) {
      entries.add(reader.next(directory));
    }
    if (directory.hasRemaining()) {
      throw errors.damaged(
          "its zip directory goes on after its %d entries.".formatted(extent.entries()));
    }
    checkNames(entries);
    checkLayout(entries);
    return entries;
  }

  /** Bytes of the file; the caller has bounded the count. */
  ByteBuffer read(long from, int count) throws IOException {
    if (from < 0 || from > size - count) {
      throw errors.damaged(
          "its zip directory points to byte %s, outside of the file."
              .formatted(Long.toUnsignedString(from)));
    }
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
      // Continues until the buffer is full.
    }
    if (bytes.hasRemaining()) {
      throw errors.damaged("it was shortened while it was being read.");
    }
    return bytes.flip();
  }

  private record Extent(long offset, long bytes, long entries) {}

  private Extent extent() throws IOException {
    int tailBytes = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
    ByteBuffer tail = read(size - tailBytes, tailBytes);
    int at = tailBytes - END_BYTES;
    while (at >= 0
        && !(tail.getInt(at) == END
            && Short.toUnsignedInt(tail.getShort(at + 20)) == tailBytes - at - END_BYTES)) {
      at--;
    }
    if (at < 0) {
      throw errors.damaged(
          "it begins like a zip file but has no zip directory: most likely it was cut short.");
    }
    long end = size - tailBytes + at;
    boolean split = tail.getShort(at + 4) != 0 || tail.getShort(at + 6) != 0;
    long entries = Short.toUnsignedLong(tail.getShort(at + 10));
    long bytes = Integer.toUnsignedLong(tail.getInt(at + 12));
    long offset = Integer.toUnsignedLong(tail.getInt(at + 16));
    if (end >= LOCATOR_BYTES) {
      ByteBuffer locator = read(end - LOCATOR_BYTES, LOCATOR_BYTES);
      if (locator.getInt(0) == LOCATOR) {
        end = locator.getLong(8);
        ByteBuffer big = read(end, BIG_END_BYTES);
        if (big.getInt(0) != BIG_END) {
          throw errors.damaged("its zip directory lacks the part for large files.");
        }
        split = big.getInt(16) != 0 || big.getInt(20) != 0;
        entries = big.getLong(32);
        bytes = big.getLong(40);
        offset = big.getLong(48);
      }
    }
    if (split) {
      throw errors.of("it is one part of a split zip file. Put the parts together first.");
    }
    if (offset < 0 || bytes < 0 || offset > end || bytes > end - offset) {
      throw errors.damaged("its zip directory lies outside of the file.");
    }
    if (bytes > LONGEST_DIRECTORY || entries < 0 || entries > MOST_ENTRIES) {
      throw errors.damaged(
          "its zip directory declares %s entries in %d bytes; at most %d in %d are read."
              .formatted(Long.toUnsignedString(entries), bytes, MOST_ENTRIES, LONGEST_DIRECTORY));
    }
    return new Extent(offset, bytes, entries);
  }

  private void checkNames(List<ZipEntryPlace> entries) {
    List<String> names = entries.stream().map(ZipEntryPlace::name).sorted().toList();
    for (int i = 1; i < names.size(); i++) {
      if (names.get(i).equals(names.get(i - 1))) {
        throw errors.damaged("it has the zip entry %s twice.".formatted(Text.quoted(names.get(i))));
      }
    }
  }

  private void checkLayout(List<ZipEntryPlace> entries) {
    List<ZipEntryPlace> byPlace =
        entries.stream().sorted(Comparator.comparingLong(ZipEntryPlace::begin)).toList();
    for (int i = 1; i < byPlace.size(); i++) {
      ZipEntryPlace before = byPlace.get(i - 1);
      ZipEntryPlace after = byPlace.get(i);
      if (after.begin() < before.end()) {
        throw errors.damaged(
            "its zip entries %s and %s overlap."
                .formatted(Text.quoted(before.name()), Text.quoted(after.name())));
      }
    }
  }
}
