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
 * A zip archive as PyTorch reads it: uncompressed, with one folder, and with aligned data, so that
 * a program can map the file and use the numbers in place.
 */
final class StoredZip {
  private static final int ALIGNMENT = 64;
  private static final int PIECE = 1 << 16;

  /** The time of every entry, fixed so that equal tensors give equal files. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, Month.FEBRUARY, 1, 0, 0);

  private final FileChannel file;
  private final ZipArchiveOutputStream zip;
  private final byte[] piece = new byte[PIECE];

  /** Writes the data of an entry. */
  interface Data {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /** Begins an archive at the channel's position. The channel stays open. */
  StoredZip(FileChannel file) throws IOException {
    this.file = file;
    zip = new ZipArchiveOutputStream(file);
    zip.setUseZip64(Zip64Mode.AsNeeded);
  }

  void add(String name, byte[] data) throws IOException {
    add(name, data.length, channel -> channel.write(ByteBuffer.wrap(data)));
  }

  /** Adds an entry of known size; its checksum is written to the header after the data. */
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

  /** Passes buffers on as arrays, as the zip library requires. */
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
      // The archive stays open for further entries.
    }
  }
}
