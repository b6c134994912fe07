package dev.inlay.image.format;

import java.io.IOException;

/**
 * The header of a PNG (Portable Network Graphics, third edition, section 11.2.1).
 *
 * @param bits bits per sample: 1, 2, 4, 8 or 16
 * @param type {@link #GREY}, {@link #COLOR}, {@link #PALETTE}, {@link #GREY_ALPHA} or {@link
 *     #COLOR_ALPHA}
 */
public record PngHeader(int width, int height, int bits, int type, boolean interlaced) {
  public static final int GREY = 0;
  public static final int COLOR = 2;
  public static final int PALETTE = 3;
  public static final int GREY_ALPHA = 4;
  public static final int COLOR_ALPHA = 6;

  private static final int LENGTH = 13;

  /** Reads the chunk's data, at which the file stands. */
  static PngHeader read(ImageBytes file, long length) throws IOException {
    if (length != LENGTH) {
      throw new IOException("its header has %d bytes instead of 13".formatted(length));
    }
    int width = file.readInt();
    int height = file.readInt();
    int bits = file.readUnsignedByte();
    int type = file.readUnsignedByte();
    int compression = file.readUnsignedByte();
    int filter = file.readUnsignedByte();
    int interlace = file.readUnsignedByte();
    if (width <= 0 || height <= 0) {
      throw new IOException("its size is %dx%d".formatted(width, height));
    }
    if (!isKnown(bits, type) || compression != 0 || filter != 0 || interlace > 1) {
      throw new IOException(
          "colour type %d with %d bits, compression %d, filter %d, interlace %d"
              .formatted(type, bits, compression, filter, interlace));
    }
    return new PngHeader(width, height, bits, type, interlace == 1);
  }

  private static boolean isKnown(int bits, int type) {
    return switch (type) {
      case GREY -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
      case PALETTE -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
      case COLOR, GREY_ALPHA, COLOR_ALPHA -> bits == 8 || bits == 16;
      default -> false;
    };
  }

  /** Samples per pixel. */
  int channels() {
    return switch (type) {
      case COLOR -> 3;
      case GREY_ALPHA -> 2;
      case COLOR_ALPHA -> 4;
      default -> 1;
    };
  }

  /** The bytes of a row of some pixels, without its filter. */
  int rowBytes(int pixels) {
    return (int) (((long) pixels * channels() * bits + 7) / 8);
  }
}
