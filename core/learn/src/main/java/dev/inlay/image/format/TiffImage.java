package dev.inlay.image.format;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * The first image of a TIFF (TIFF 6.0), read strip by strip, or row of tiles by row of tiles, where
 * it has many.
 */
final class TiffImage implements ImagePixels {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int COLORS = 262;
  private static final int STRIPS = 273;
  private static final int SAMPLES = 277;
  private static final int STRIP_ROWS = 278;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILES = 324;
  private static final int EXTRA = 338;
  private static final int SAMPLE_FORMAT = 339;
  private static final int OLD_JPEG = 513;

  /** Images of fewer pixels are read at once. */
  private static final long SMALL = 1 << 20;

  /** A part is little larger than the image itself, unless the image is tiny. */
  private static final long LARGEST_PART = 1 << 24;

  private final ImageBytes file;
  private final int width;
  private final int height;
  private final int partRows;
  private final int samples;
  private final Orientation orientation;

  private TiffImage(
      ImageBytes file, int width, int height, int partRows, int samples, Orientation orientation) {
    this.file = file;
    this.width = width;
    this.height = height;
    this.partRows = partRows;
    this.samples = samples;
    this.orientation = orientation;
  }

  static TiffImage open(ImageBytes file) throws IOException {
    TiffDirectory tags = TiffDirectory.read(file, 0, file.length());
    int width = size(tags, WIDTH);
    int height = size(tags, HEIGHT);
    checkColors(tags);
    boolean tiled = tags.has(TILE_WIDTH);
    int partWidth = tiled ? size(tags, TILE_WIDTH) : width;
    int partRows =
        tiled
            ? size(tags, TILE_HEIGHT)
            : (int) Math.max(1, Math.min(height, tags.first(STRIP_ROWS, height)));
    if ((long) partWidth * partRows > Math.max(LARGEST_PART, 4L * width * height)) {
      throw new IOException("it has tiles of %dx%d".formatted(partWidth, partRows));
    }
    checkJpegs(file, tags, tiled, partWidth, partRows);
    return new TiffImage(
        file, width, height, partRows, (int) tags.first(SAMPLES, 1), tags.orientation());
  }

  private static int size(TiffDirectory tags, int tag) throws IOException {
    long size = tags.number(tag, 0);
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw new IOException("tag %d is %d".formatted(tag, size));
    }
    return (int) size;
  }

  /** Whether the samples are grey, RGB or of a palette, with at most transparency besides. */
  private static void checkColors(TiffDirectory tags) throws IOException {
    int samples = (int) tags.first(SAMPLES, 1);
    long colors = tags.first(COLORS, samples < 3 ? 1 : 2);
    int needed =
        switch ((int) colors) {
          case 0, 1, 3, 4 -> 1;
          case 2, 6 -> 3;
          case 5 -> throw Unsupported.inks();
          case 8 -> throw Unsupported.colors("CIELab");
          case 9 -> throw Unsupported.colors("ICCLab");
          case 10 -> throw Unsupported.colors("ITULab");
          case 32803, 34892 -> throw Unsupported.colors("the raw values of a camera");
          case 32844, 32845 -> throw Unsupported.colors("LogLuv");
          default ->
              throw Unsupported.colors(
                  "the space %d (photometric interpretation)".formatted(colors));
        };
    if (samples < needed) {
      throw new IOException("it has %d bands for %d colours".formatted(samples, needed));
    }
    boolean transparent = tags.first(EXTRA, 0) == 1 || tags.first(EXTRA, 0) == 2;
    if (samples > needed + 1 || (samples == 2 && !transparent)) {
      throw samples == 3 ? Unsupported.greyBands(samples) : Unsupported.bands(samples);
    }
    int bits = 1;
    for (int i = 0; i < Math.min(samples, tags.count(BITS)); i++) {
      bits = Math.max(bits, (int) tags.number(BITS, i));
    }
    long format = tags.first(SAMPLE_FORMAT, 1);
    if (bits > 8) {
      throw format == 3
          ? new Unsupported(
              "has floating-point values of %d bits, but images have 8 bits per channel. %s"
                  .formatted(bits, "Save it with 8 bits per channel."))
          : Unsupported.bits(bits);
    }
    if (format == 2) {
      throw new Unsupported(
          "has values with a sign, but images have 0 to 255. Save it with 8 bits per channel.");
    }
  }

  /** A JPEG in a TIFF has a size and scans of its own. */
  private static void checkJpegs(
      ImageBytes file, TiffDirectory tags, boolean tiled, int partWidth, int partRows)
      throws IOException {
    long compression = tags.first(COMPRESSION, 1);
    if (compression == 7) {
      int offsets = tiled ? TILES : STRIPS;
      long work = 0;
      for (long i = 0; i < tags.count(offsets); i++) {
        // The reader does not end where the tags say that a part ends, so that this does not
        // either.
        JpegHeader jpeg = JpegHeader.read(file, tags.number(offsets, i), file.length());
        checkJpeg(jpeg, partWidth, partRows);
        work += jpeg.work();
        if (work > JpegHeader.MOST_WORK) {
          throw new IOException("its JPEGs have too many scans");
        }
      }
    } else if (compression == 6 && tags.has(OLD_JPEG)) {
      long start = tags.first(OLD_JPEG, 0);
      checkJpeg(JpegHeader.read(file, start, file.length()), partWidth, partRows);
    }
  }

  private static void checkJpeg(JpegHeader jpeg, int partWidth, int partRows) throws IOException {
    if (jpeg.width() > 2L * partWidth + 64 || jpeg.height() > 2L * partRows + 64) {
      throw new IOException(
          "it has a JPEG of %dx%d in a part of %dx%d"
              .formatted(jpeg.width(), jpeg.height(), partWidth, partRows));
    }
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public Orientation orientation() {
    return orientation;
  }

  @Override
  public long memory() {
    long atOnce = isSmall() ? height : Math.min(height, partRows);
    return 3L * width * height + (long) samples * width * atOnce;
  }

  private boolean isSmall() {
    return (long) width * height <= SMALL || partRows >= height;
  }

  @Override
  public byte[] rgb() throws IOException {
    return ImageIoReader.read("tiff", file, width, height, this::decode);
  }

  private byte[] decode(ImageReader reader) throws IOException {
    byte[] rgb = new byte[3 * width * height];
    if (isSmall()) {
      BufferedImage image = reader.read(0);
      RgbSamples.copy(image, rgb, 0);
      return rgb;
    }
    ImageReadParam part = reader.getDefaultReadParam();
    long least = Math.max(1, SMALL / width / partRows) * partRows;
    for (int y = 0; y < height; y += (int) least) {
      part.setSourceRegion(new Rectangle(0, y, width, (int) Math.min(least, height - y)));
      RgbSamples.copy(reader.read(0, part), rgb, 3 * y * width);
    }
    return rgb;
  }
}
