package dev.inlay.pytorch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.time.LocalDateTime;
import java.time.Month;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * A zip archive as PyTorch reads it: nothing compressed, all in one folder, and each entry's data
 * aligned, so that a program may map the file and use the numbers in place.
 */
final class StoredZip {
  private static final int ALIGNMENT = 64;
  private static final int PIECE = 1 << 16;

  /** The same for every file, so that the same tensors make the same bytes. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, Month.FEBRUARY, 1, 0, 0);

  private final FileChannel file;
  private final ZipArchiveOutputStream zip;
  private final byte[] piece = new byte[PIECE];

  /** Writes the data of an entry. */
  interface Data {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /** An archive that begins where the file is. The channel stays open. */
  StoredZip(FileChannel file) throws IOException {
    this.file = file;
    zip = new ZipArchiveOutputStream(file);
    zip.setUseZip64(Zip64Mode.AsNeeded);
  }

  void add(String name, byte[] data) throws IOException {
    add(name, data.length, channel -> channel.write(ByteBuffer.wrap(data)));
  }

  /** Adds an entry whose size is known; its checksum is put before the data afterwards. */
  void add(String name, long size, Data data) throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry("archive/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size);
    entry.setTimeLocal(TIME);
    entry.setAlignment(ALIGNMENT);
    zip.putArchiveEntry(entry);
    data.writeTo(new EntryChannel());
    zip.closeArchiveEntry();
  }

  /** Writes the archive's directory. */
  void end() throws IOException {
    zip.finish();
  }

  /** Hands buffers on as arrays, which is what the library takes. */
  private final class EntryChannel implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      int all = bytes.remaining();
      while (bytes.hasRemaining()) {
        int count = Math.min(bytes.remaining(), piece.length);
        bytes.get(piece, 0, count);
        zip.write(piece, 0, count);
      }
      return all;
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() {
      // The archive takes further entries.
    }
  }
}
