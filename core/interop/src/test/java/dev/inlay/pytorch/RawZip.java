package dev.inlay.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** A zip file put together record by record, so that it can be wrong in any way. */
final class RawZip {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Entry> entries = new ArrayList<>();
  private boolean big;

  /** What the directory says of an entry. */
  static final class Entry {
    final String name;
    int method;
    int flags;
    long checksum;
    long bytes;
    long packed;
    long begin;

    private Entry(String name) {
      this.name = name;
    }
  }

  /** A checkpoint with this pickle and four floats as storage 0. */
  static RawZip checkpoint(byte[] pickle) {
    RawZip zip = new RawZip();
    zip.add("a/data.pkl", pickle);
    zip.add("a/byteorder", "little".getBytes(StandardCharsets.UTF_8));
    zip.add("a/data/0", floats(1, 2, 3, 4));
    return zip;
  }

  static byte[] floats(float... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      buffer.putFloat(number);
    }
    return buffer.array();
  }

  /** Adds an entry; what the directory says of it can still be changed. */
  Entry add(String name, byte[] content) {
    return add(name, content, 0);
  }

  Entry add(String name, byte[] content, int method) {
    Entry entry = new Entry(name);
    entry.method = method;
    entry.begin = bytes.size();
    entry.bytes = content.length;
    entry.packed = content.length;
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.checksum = checksum.getValue();
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    little(4, 0x04034b50).little(2, 20).little(2, 8).little(2, method).little(4, 0);
    little(4, 0).little(4, 0).little(4, 0).little(2, utf8.length).little(2, 0);
    bytes.writeBytes(utf8);
    bytes.writeBytes(content);
    entries.add(entry);
    return entry;
  }

  /** Lists an entry a second time in the directory. */
  Entry again(Entry first, String name) {
    Entry entry = new Entry(name);
    entry.begin = first.begin;
    entry.bytes = first.bytes;
    entry.packed = first.packed;
    entry.checksum = first.checksum;
    entries.add(entry);
    return entry;
  }

  /** Writes all sizes and places as numbers of 8 bytes. */
  RawZip big() {
    big = true;
    return this;
  }

  byte[] end() {
    long offset = bytes.size();
    for (Entry entry : entries) {
      byte[] utf8 = entry.name.getBytes(StandardCharsets.UTF_8);
      little(4, 0x02014b50).little(2, 20).little(2, 20).little(2, entry.flags);
      little(2, entry.method).little(4, 0).little(4, entry.checksum);
      little(4, big ? -1 : entry.packed).little(4, big ? -1 : entry.bytes);
      little(2, utf8.length).little(2, big ? 28 : 0).little(2, 0).little(2, 0).little(2, 0);
      little(4, 0).little(4, big ? -1 : entry.begin);
      bytes.writeBytes(utf8);
      if (big) {
        little(2, 1).little(2, 24).little(8, entry.bytes).little(8, entry.packed);
        little(8, entry.begin);
      }
    }
    long length = bytes.size() - offset;
    if (big) {
      long place = bytes.size();
      little(4, 0x06064b50).little(8, 44).little(2, 45).little(2, 45).little(4, 0).little(4, 0);
      little(8, entries.size()).little(8, entries.size()).little(8, length).little(8, offset);
      little(4, 0x07064b50).little(4, 0).little(8, place).little(4, 1);
    }
    little(4, 0x06054b50).little(2, 0).little(2, 0).little(2, big ? -1 : entries.size());
    little(2, big ? -1 : entries.size()).little(4, big ? -1 : length);
    little(4, big ? -1 : offset).little(2, 0);
    return bytes.toByteArray();
  }

  private RawZip little(int width, long number) {
    byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    bytes.write(all, 0, width);
    return this;
  }
}
