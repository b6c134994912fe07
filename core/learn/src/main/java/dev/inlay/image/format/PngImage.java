package dev.inlay.image.format;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A PNG, read row by row: its pixels take three bytes each, or one as ids, and no more. Data beyond
 * the last row and chunks of other kinds are not read; transparency is left out.
 */
public final class PngImage implements ImagePixels {
  private static final int HEADER = 0x49484452;
  private static final int COLORS = 0x504c5445;
  private static final int EXIF = 0x65584966;
  private static final int END = 0x49454e44;
  private static final int SIGNATURE = 8;
  private static final int CHECKSUM = 4;

  /** A small file has no thousands of chunks; looking for Exif among them ends. */
  private static final int MOST_CHUNKS = 10_000;

  private final ImageBytes file;
  private final PngHeader header;
  private final byte[] colors;
  private final long data;
  private Orientation orientation;

  private PngImage(
      ImageBytes file, PngHeader header, byte[] colors, long data, Orientation orientation) {
    this.file = file;
    this.header = header;
    this.colors = colors;
    this.data = data;
    this.orientation = orientation;
  }

  /**
   * Reads all before the pixels.
   *
   * @throws IOException if the file is damaged or cut off
   */
  public static PngImage open(ImageBytes file) throws IOException {
    file.seek(SIGNATURE);
    PngHeader header = null;
    byte[] colors = {};
    Orientation orientation = Orientation.UPRIGHT;
    for (int i = 0; i < MOST_CHUNKS; i++) {
      long length = file.readInt() & 0xffff_ffffL;
      int type = file.readInt();
      long start = file.getStreamPosition();
      if (header == null) {
        if (type != HEADER) {
          throw new IOException("it does not begin with its header");
        }
        header = PngHeader.read(file, length);
      } else if (type == PngData.CHUNK) {
        if (header.type() == PngHeader.PALETTE && colors.length == 0) {
          throw new IOException("it has no palette");
        }
        return new PngImage(file, header, colors, start - 8, orientation);
      } else if (type == END) {
        break;
      } else if (type == COLORS) {
        colors = new byte[(int) Math.min(length, 3 * 256)];
        file.readFully(colors);
      } else if (type == EXIF) {
        orientation = TiffDirectory.orientation(file, start, start + length);
      }
      file.seek(start + length + CHECKSUM);
    }
    throw new EOFException("it has no pixels");
  }

  public PngHeader header() {
    return header;
  }

  /** The palette's colours 0xRRGGBB by index; empty if the pixels are no indices. */
  public List<Integer> palette() {
    List<Integer> palette = new ArrayList<>();
    for (int i = 0; header.type() == PngHeader.PALETTE && i + 2 < colors.length; i += 3) {
      palette.add((colors[i] & 255) << 16 | (colors[i + 1] & 255) << 8 | (colors[i + 2] & 255));
    }
    return palette;
  }

  @Override
  public int width() {
    return header.width();
  }

  @Override
  public int height() {
    return header.height();
  }

  /** Exif may also stand behind the pixels: the answer is whole once they have been read. */
  @Override
  public Orientation orientation() {
    return orientation;
  }

  @Override
  public long memory() {
    return 3L * width() * height() + 2L * header.rowBytes(width());
  }

  @Override
  public byte[] rgb() throws IOException {
    if (header.bits() > 8) {
      throw Unsupported.bits(header.bits());
    }
    byte[] rgb = new byte[3 * width() * height()];
    int width = width();
    boolean color = header.channels() > 2;
    if (color || header.bits() == 8 && header.type() != PngHeader.PALETTE) {
      int channels = header.channels();
      int green = color ? 1 : 0;
      int blue = color ? 2 : 0;
      read(
          (row, at, pixels, x, step, y) -> {
            if (channels == 3 && step == 1) {
              System.arraycopy(row, at, rgb, 3 * y * width, 3 * width);
              return;
            }
            int to = 3 * (y * width + x);
            for (int i = 0, from = at; i < pixels; i++, from += channels, to += 3 * step) {
              rgb[to] = row[from];
              rgb[to + 1] = row[from + green];
              rgb[to + 2] = row[from + blue];
            }
          });
    } else {
      byte[] table = table();
      read(
          (row, at, pixels, x, step, y) -> {
            int to = 3 * (y * width + x);
            for (int i = 0; i < pixels; i++, to += 3 * step) {
              int from = 3 * sample(row, at, i);
              rgb[to] = table[from];
              rgb[to + 1] = table[from + 1];
              rgb[to + 2] = table[from + 2];
            }
          });
    }
    return rgb;
  }

  /**
   * Reads the pixels of a grey PNG or of a PNG with a palette as they are stored.
   *
   * @return (H,W) unsigned bytes: grey values or indices of the palette, not turned
   * @throws IOException if the file is damaged or cut off
   */
  public byte[] ids() throws IOException {
    byte[] ids = new byte[width() * height()];
    int width = width();
    read(
        (row, at, pixels, x, step, y) -> {
          int to = y * width + x;
          if (header.bits() == 8 && step == 1) {
            System.arraycopy(row, at, ids, to, pixels);
            return;
          }
          for (int i = 0; i < pixels; i++, to += step) {
            ids[to] = (byte) sample(row, at, i);
          }
        });
    return ids;
  }

  private void read(PngRows.Sink sink) throws IOException {
    file.rewind(width(), height());
    file.seek(data);
    long length = file.readInt() & 0xffff_ffffL;
    file.readInt();
    try (PngData unpacked = new PngData(file, length, PngRows.bytes(header))) {
      new PngRows(header, unpacked).read(sink);
      unpacked.leave();
    }
    if (orientation.isUpright()) {
      orientation = orientationBehind();
    }
  }

  /** The sample of a pixel of one channel. */
  private int sample(byte[] row, int at, int pixel) {
    int bits = header.bits();
    if (bits == 8) {
      return row[at + pixel] & 255;
    }
    int place = pixel * bits;
    return (row[at + place / 8] & 255) >> 8 - bits - place % 8 & (1 << bits) - 1;
  }

  /** The colours of samples; indices that the palette lacks have its last colour. */
  private byte[] table() {
    int samples = 1 << header.bits();
    byte[] table = new byte[3 * samples];
    for (int i = 0; i < samples; i++) {
      if (header.type() == PngHeader.GREY) {
        Arrays.fill(table, 3 * i, 3 * i + 3, (byte) (255 * i / (samples - 1)));
      } else {
        int from = Math.min(3 * i, 3 * (colors.length / 3 - 1));
        System.arraycopy(colors, from, table, 3 * i, 3);
      }
    }
    return table;
  }

  /** What follows the pixels is not needed, so that a cut in it does no harm. */
  private Orientation orientationBehind() {
    try {
      for (int i = 0; i < MOST_CHUNKS; i++) {
        long length = file.readInt() & 0xffff_ffffL;
        int type = file.readInt();
        long start = file.getStreamPosition();
        if (type == EXIF) {
          return TiffDirectory.orientation(file, start, start + length);
        }
        if (type == END) {
          break;
        }
        file.seek(start + length + CHECKSUM);
      }
    } catch (IOException e) {
      return Orientation.UPRIGHT;
    }
    return Orientation.UPRIGHT;
  }
}
