package dev.inlay.image.format;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/**
 * The numbers in the first directory of a TIFF file (TIFF 6.0, section 2), or of the TIFF structure
 * that Exif puts into other files. Only numbers that lie within the structure are read.
 */
final class TiffDirectory {
  static final int ORIENTATION = 274;
  private static final int ENTRY = 12;
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private final ImageInputStream file;
  private final long start;
  private final long end;
  private final ByteOrder order;
  private final Map<Integer, Entry> entries = new HashMap<>();

  /** Where a tag's numbers lie. */
  private record Entry(int type, long count, long place) {}

  private TiffDirectory(ImageInputStream file, long start, long end, ByteOrder order) {
    this.file = file;
    this.start = start;
    this.end = end;
    this.order = order;
  }

  /**
   * Reads a directory; the file then stands somewhere else.
   *
   * @param start where the structure begins, from which its offsets count
   * @param end where it ends
   * @throws IOException if there is no directory
   */
  static TiffDirectory read(ImageInputStream file, long start, long end) throws IOException {
    file.seek(start);
    int mark = file.readUnsignedShort();
    if (mark != 0x4949 && mark != 0x4d4d) {
      throw new IOException("no byte order");
    }
    TiffDirectory directory =
        new TiffDirectory(
            file, start, end, mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if (directory.at(start + 2, SHORT) != 42) {
      throw new IOException("no TIFF structure");
    }
    directory.readEntries(start + directory.at(start + 4, LONG));
    return directory;
  }

  /**
   * The orientation that an Exif structure gives. Exif that is damaged or says nothing of it means
   * upright pixels, because the pixels themselves are whole.
   */
  static Orientation orientation(ImageInputStream file, long start, long end) {
    try {
      return read(file, start, end).orientation();
    } catch (IOException e) {
      return Orientation.UPRIGHT;
    }
  }

  Orientation orientation() throws IOException {
    return Orientation.of(first(ORIENTATION, 1));
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /** How many numbers a tag has. */
  long count(int tag) {
    Entry entry = entries.get(tag);
    return entry == null ? 0 : entry.count;
  }

  /** The first number of a tag. */
  long first(int tag, long otherwise) throws IOException {
    return has(tag) ? number(tag, 0) : otherwise;
  }

  /** The number of a tag at an index. */
  long number(int tag, long index) throws IOException {
    Entry entry = entries.get(tag);
    if (entry == null || index >= entry.count) {
      throw new IOException("tag %d is missing".formatted(tag));
    }
    return at(entry.place + index * size(entry.type), entry.type);
  }

  private void readEntries(long at) throws IOException {
    long count = at(at, SHORT);
    for (long i = 0; i < count; i++) {
      long entry = at + 2 + i * ENTRY;
      if (entry + ENTRY > end) {
        return; // The entries before the cut still hold.
      }
      int tag = (int) at(entry, SHORT);
      int type = (int) at(entry + 2, SHORT);
      long numbers = at(entry + 4, LONG);
      if (size(type) > 0 && numbers > 0) {
        long place = numbers * size(type) <= 4 ? entry + 8 : start + at(entry + 8, LONG);
        entries.putIfAbsent(tag, new Entry(type, numbers, place));
      }
    }
  }

  private static int size(int type) {
    return switch (type) {
      case BYTE -> 1;
      case SHORT -> 2;
      case LONG -> 4;
      default -> 0;
    };
  }

  private long at(long at, int type) throws IOException {
    if (at < start || at + size(type) > end) {
      throw new IOException("an offset lies outside");
    }
    ByteOrder before = file.getByteOrder();
    file.setByteOrder(order);
    try {
      file.seek(at);
      return switch (type) {
        case BYTE -> file.readUnsignedByte();
        case SHORT -> file.readUnsignedShort();
        default -> file.readUnsignedInt();
      };
    } finally {
      file.setByteOrder(before);
    }
  }
}
