package dev.inlay.image.format;

import java.io.IOException;
import java.util.Arrays;

/**
 * The rows of a PNG without their filters (section 9) and in the order of the file: of an
 * interlaced PNG, those of seven smaller images (section 8). Two rows are in memory at a time.
 */
final class PngRows {
  /** Adam7: the column and row of the first pixel of each pass, and the steps to the next. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] WHOLE = {{0, 0, 1, 1}};

  private final PngHeader header;
  private final PngData data;
  private final int pixelBytes;
  private byte[] row;
  private byte[] above;

  /** Takes rows. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes a row; the array is used again.
     *
     * @param row its samples begin at {@code at}
     * @param pixels how many pixels the row has
     * @param x the column of the first pixel
     * @param step from the column of a pixel to that of the next
     */
    void take(byte[] row, int at, int pixels, int x, int step, int y);
  }

  PngRows(PngHeader header, PngData data) {
    this.header = header;
    this.data = data;
    pixelBytes = Math.max(1, header.channels() * header.bits() / 8);
    int length = pixelBytes + header.rowBytes(header.width());
    row = new byte[length];
    above = new byte[length];
  }

  /** The bytes of all rows with their filters. */
  static long bytes(PngHeader header) {
    long bytes = 0;
    for (int[] pass : passes(header)) {
      int pixels = pixels(header, pass);
      long rows = (header.height() - pass[1] + pass[3] - 1) / pass[3];
      bytes += pixels <= 0 ? 0 : rows * (1L + header.rowBytes(pixels));
    }
    return bytes;
  }

  private static int[][] passes(PngHeader header) {
    return header.interlaced() ? PASSES : WHOLE;
  }

  private static int pixels(PngHeader header, int[] pass) {
    return (header.width() - pass[0] + pass[2] - 1) / pass[2];
  }

  /** Unpacks all rows. */
  void read(Sink sink) throws IOException {
    for (int[] pass : passes(header)) {
      int pixels = pixels(header, pass);
      if (pixels <= 0) {
        continue;
      }
      int bytes = header.rowBytes(pixels);
      Arrays.fill(above, (byte) 0);
      for (int y = pass[1]; y < header.height(); y += pass[3]) {
        next(bytes);
        sink.take(row, pixelBytes, pixels, pass[0], pass[2], y);
        byte[] used = above;
        above = row;
        row = used;
      }
    }
  }

  /** Unpacks a row: the pixel to the left of the first, which filters look at, is 0. */
  private void next(int bytes) throws IOException {
    int first = pixelBytes;
    data.read(row, first - 1, bytes + 1);
    int filter = row[first - 1];
    row[first - 1] = 0;
    switch (filter) {
      case 0 -> {}
      case 1 -> sub(row, first, bytes);
      case 2 -> up(row, above, first, bytes);
      case 3 -> average(row, above, first, bytes);
      case 4 -> paeth(row, above, first, bytes);
      default -> throw new IOException("it has the unknown row filter %d".formatted(filter & 255));
    }
  }

  private static void sub(byte[] row, int first, int bytes) {
    for (int i = first; i < first + bytes; i++) {
      row[i] = (byte) (row[i] + row[i - first]);
    }
  }

  private static void up(byte[] row, byte[] above, int first, int bytes) {
    for (int i = first; i < first + bytes; i++) {
      row[i] = (byte) (row[i] + above[i]);
    }
  }

  private static void average(byte[] row, byte[] above, int first, int bytes) {
    for (int i = first; i < first + bytes; i++) {
      row[i] = (byte) (row[i] + ((row[i - first] & 255) + (above[i] & 255) >> 1));
    }
  }

  private static void paeth(byte[] row, byte[] above, int first, int bytes) {
    for (int i = first; i < first + bytes; i++) {
      int left = row[i - first] & 255;
      int up = above[i] & 255;
      int corner = above[i - first] & 255;
      int toLeft = Math.abs(up - corner);
      int toUp = Math.abs(left - corner);
      int toCorner = Math.abs(left + up - 2 * corner);
      int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
      row[i] = (byte) (row[i] + nearest);
    }
  }
}
