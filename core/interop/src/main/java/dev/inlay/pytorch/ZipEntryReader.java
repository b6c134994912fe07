package dev.inlay.pytorch;

import dev.inlay.pickle.FileErrors;
import dev.inlay.weights.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the entries of a zip directory one by one and checks each against its local header. */
final class ZipEntryReader {
  /** The bytes of an entry in the directory, without its name and extras. */
  static final int FIXED_BYTES = 46;

  private static final int SIGNATURE = 0x02014b50;
  private static final int LOCAL_BYTES = 30;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final long IN_EXTRA = 0xFFFFFFFFL;
  private static final int BIG_EXTRA = 1;
  private static final int ENCRYPTED = 1;

  private final ZipDirectory zip;
  private final FileErrors errors;
  private final long directoryOffset;

  ZipEntryReader(ZipDirectory zip, FileErrors errors, long directoryOffset) {
    this.zip = zip;
    this.errors = errors;
    this.directoryOffset = directoryOffset;
  }

  ZipEntryPlace next(ByteBuffer directory) throws IOException {
    if (directory.remaining() < FIXED_BYTES
        || directory.getInt(directory.position()) != SIGNATURE) {
      throw errors.damaged("its zip directory has fewer entries than it declares.");
    }
    ByteBuffer fixed = directory.slice(directory.position(), FIXED_BYTES);
    fixed.order(ByteOrder.LITTLE_ENDIAN);
    int nameBytes = Short.toUnsignedInt(fixed.getShort(28));
    int extraBytes = Short.toUnsignedInt(fixed.getShort(30));
    int commentBytes = Short.toUnsignedInt(fixed.getShort(32));
    directory.position(directory.position() + FIXED_BYTES);
    if (directory.remaining() < nameBytes + extraBytes + commentBytes) {
      throw errors.damaged("its zip directory ends within an entry.");
    }
    byte[] rawName = new byte[nameBytes];
    directory.get(rawName);
    ByteBuffer extra = directory.slice(directory.position(), extraBytes);
    directory.position(directory.position() + extraBytes + commentBytes);
    String name = new String(rawName, StandardCharsets.UTF_8);
    checkName(name);

    extra.order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer big = bigNumbers(extra);
    long bytes = number(fixed.getInt(24), big, name);
    long packed = number(fixed.getInt(20), big, name);
    long begin = number(fixed.getInt(42), big, name);
    if ((fixed.getShort(8) & ENCRYPTED) != 0) {
      throw entry(name, "is encrypted; PyTorch never does that.");
    }
    short method = fixed.getShort(10);
    boolean stored = method == 0;
    if (stored && bytes != packed) {
      throw entry(name, "has %d bytes, but %d as stored.".formatted(bytes, packed));
    }
    long offset = begin + localBytes(name, rawName, begin, method);
    if (packed < 0 || packed > directoryOffset - offset) {
      throw entry(
          name, "has %s bytes, more than the file.".formatted(Long.toUnsignedString(packed)));
    }
    long checksum = Integer.toUnsignedLong(fixed.getInt(16));
    return new ZipEntryPlace(name, stored, begin, new Place(offset, packed, checksum));
  }

  private void checkName(String name) {
    boolean odd =
        name.isEmpty()
            || name.startsWith("/")
            || name.contains("\\")
            || Arrays.asList(name.split("/", -1)).contains("..");
    if (odd) {
      throw entry(name, "has a name that leads out of the archive.");
    }
  }

  private long localBytes(String name, byte[] rawName, long begin, short method)
      throws IOException {
    if (begin < 0 || begin > directoryOffset - LOCAL_BYTES - rawName.length) {
      throw entry(name, "begins outside of the file.");
    }
    ByteBuffer local = zip.read(begin, LOCAL_BYTES + rawName.length);
    int nameBytes = Short.toUnsignedInt(local.getShort(26));
    boolean same =
        local.getInt(0) == LOCAL_SIGNATURE
            && local.getShort(8) == method
            && nameBytes == rawName.length
            && local.slice(LOCAL_BYTES, nameBytes).equals(ByteBuffer.wrap(rawName));
    if (!same) {
      throw entry(name, "has a local header that differs from the zip directory.");
    }
    return LOCAL_BYTES + (long) nameBytes + Short.toUnsignedInt(local.getShort(28));
  }

  /** The zip64 numbers among the extra fields; empty if there are none. */
  private static ByteBuffer bigNumbers(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int id = Short.toUnsignedInt(extra.getShort());
      int length = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
      if (id == BIG_EXTRA) {
        return extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      }
      extra.position(extra.position() + length);
    }
    return ByteBuffer.allocate(0);
  }

  private long number(int small, ByteBuffer big, String name) {
    long number = Integer.toUnsignedLong(small);
    if (number != IN_EXTRA) {
      return number;
    }
    if (big.remaining() < Long.BYTES) {
      throw entry(name, "lacks its zip64 size or position.");
    }
    return big.getLong();
  }

  private RuntimeException entry(String name, String what) {
    return errors.damaged("its zip entry %s %s".formatted(Text.quoted(name), what));
  }
}
