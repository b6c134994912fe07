package dev.inlay.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Image files made byte by byte, for what no writer writes. */
final class TestBytes {
  private TestBytes() {}

  /** A number of a TIFF directory; types are 3 for SHORT and 4 for LONG. */
  record Tag(int tag, int type, int... numbers) {}

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A TIFF structure: its directory, then what its tags do not hold, then data. */
  static byte[] tiff(ByteOrder order, List<Tag> tags, byte[] data) {
    int outside = 8 + 2 + 12 * tags.size() + 4;
    ByteBuffer head = ByteBuffer.allocate(outside + 4096).order(order);
    head.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(StandardCharsets.US_ASCII));
    head.putShort((short) 42).putInt(8).putShort((short) tags.size());
    for (Tag tag : tags) {
      int size = tag.type == 3 ? 2 : 4;
      head.putShort((short) tag.tag).putShort((short) tag.type).putInt(tag.numbers.length);
      int place = head.position();
      if (size * tag.numbers.length > 4) {
        head.putInt(outside);
        place = outside;
        outside += size * tag.numbers.length;
      }
      for (int i = 0; i < tag.numbers.length; i++) {
        if (size == 2) {
          head.putShort(place + 2 * i, (short) tag.numbers[i]);
        } else {
          head.putInt(place + 4 * i, tag.numbers[i]);
        }
      }
      head.position(8 + 2 + 12 * (1 + tags.indexOf(tag)));
    }
    byte[] whole = new byte[outside];
    head.get(0, whole);
    return joined(whole, data);
  }

  /** An uncompressed TIFF of 8 x 8 pixels; its data are its bytes' indices. */
  static byte[] tiffOf(int bands, int photometric, List<Tag> more) {
    int[] bits = new int[bands];
    Arrays.fill(bits, 8);
    List<Tag> tags = new ArrayList<>(more);
    for (Tag tag :
        List.of(
            new Tag(256, 3, 8),
            new Tag(257, 3, 8),
            new Tag(258, 3, bits),
            new Tag(259, 3, 1),
            new Tag(262, 3, photometric),
            new Tag(273, 4, 4000),
            new Tag(277, 3, bands),
            new Tag(278, 3, 8),
            new Tag(279, 4, 64 * bands))) {
      if (more.stream().noneMatch(other -> other.tag == tag.tag)) {
        tags.add(tag);
      }
    }
    tags.sort(Comparator.comparingInt(Tag::tag));
    byte[] file = new byte[4000 + 64 * bands];
    byte[] head = tiff(ByteOrder.LITTLE_ENDIAN, tags, new byte[0]);
    System.arraycopy(head, 0, file, 0, head.length);
    for (int i = 0; i < 64 * bands; i++) {
      file[4000 + i] = (byte) i;
    }
    return file;
  }

  /** An Exif structure with an orientation. */
  static byte[] exif(int orientation, ByteOrder order) {
    return tiff(order, List.of(new Tag(274, 3, orientation)), new byte[0]);
  }

  /** A JPEG with a segment behind its first marker. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    ByteBuffer made = ByteBuffer.allocate(jpeg.length + 4 + content.length);
    made.put(jpeg, 0, 2).put((byte) 0xff).put((byte) marker);
    made.putShort((short) (2 + content.length)).put(content);
    made.put(jpeg, 2, jpeg.length - 2);
    return made.array();
  }

  static byte[] withExif(byte[] jpeg, byte[] exif) {
    return withSegment(jpeg, 0xe1, joined("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exif));
  }

  static byte[] chunk(String type, byte[] content) {
    byte[] named = joined(type.getBytes(StandardCharsets.US_ASCII), content);
    CRC32 sum = new CRC32();
    sum.update(named);
    return joined(number(content.length), named, number((int) sum.getValue()));
  }

  private static byte[] number(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  /** A PNG with a chunk before its pixels, or behind them. */
  static byte[] withChunk(byte[] png, byte[] chunk, boolean behind) {
    String text = new String(png, StandardCharsets.ISO_8859_1);
    int at = (behind ? text.lastIndexOf("IEND") : text.indexOf("IDAT")) - 4;
    return joined(Arrays.copyOf(png, at), chunk, Arrays.copyOfRange(png, at, png.length));
  }

  /** A PNG whose data are zeros, as many as given. */
  static byte[] blackPng(int width, int height, int bits, int type, long zeros) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) bits).put((byte) type);
    return joined(
        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
        chunk("IHDR", header.array()),
        chunk("IDAT", deflated(zeros)),
        chunk("IEND", new byte[0]));
  }

  static byte[] deflated(long zeros) {
    Deflater deflater = new Deflater(1);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] block = new byte[1 << 16];
    byte[] some = new byte[1 << 16];
    for (long left = zeros; left > 0; left -= some.length) {
      deflater.setInput(some, 0, (int) Math.min(left, some.length));
      while (!deflater.needsInput()) {
        packed.write(block, 0, deflater.deflate(block));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      packed.write(block, 0, deflater.deflate(block));
    }
    deflater.end();
    return packed.toByteArray();
  }
}
