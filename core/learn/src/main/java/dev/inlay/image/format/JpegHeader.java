package dev.inlay.image.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the segments of a JPEG say (ITU-T T.81, annex B): its size and kind, its orientation, and
 * how often its pixels are gone through.
 *
 * @param process the number of the frame's marker: 0 baseline, 1 sequential, 2 progressive
 * @param scans how many scans there are; 1 where all are decoded in one go
 */
record JpegHeader(
    int width,
    int height,
    int components,
    int bits,
    int process,
    int scans,
    Orientation orientation,
    boolean isLab) {

  /** The process of another standard, ITU-T T.87, whose marker is 0xF7. */
  static final int JPEG_LS = 0x37;

  /** Usual progressive JPEGs have 10 scans; no encoder needs as many as this. */
  private static final int MOST_SCANS = 100;

  /** Scans times pixels: 10 scans of the largest image that is read. */
  static final long MOST_WORK = 2_000_000_000L;

  private static final int MOST_SEGMENTS = 10_000;
  private static final int BLOCK = 1 << 13;
  private static final byte[] EXIF = "Exif\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LAB = "Lab ".getBytes(StandardCharsets.US_ASCII);

  /** The colour space stands in the profile's header behind the segment's name and two numbers. */
  private static final int SPACE = 12 + 2 + 16;

  private static final int START_OF_IMAGE = 0xd8;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int APP1 = 0xe1;
  private static final int APP2 = 0xe2;

  /**
   * Reads the segments up to the pixels, and through them where they come in several scans.
   *
   * @param start where the JPEG begins in the file
   * @param end where it ends at the latest
   * @throws Unsupported if it has too many scans
   * @throws IOException if it is damaged or cut off
   */
  static JpegHeader read(ImageBytes file, long start, long end) throws IOException {
    return new Reading(file, start, end).header();
  }

  /** Scans times pixels. */
  long work() {
    return (long) scans * width * height;
  }

  /** Walks from marker to marker. */
  private static final class Reading {
    private final ImageBytes file;
    private final long end;
    private int width;
    private int height;
    private int components;
    private int bits;
    private int process = -1;
    private int scans;
    private boolean isLab;
    private Orientation orientation = Orientation.UPRIGHT;
    private boolean hasOrientation;

    Reading(ImageBytes file, long start, long end) throws IOException {
      this.file = file;
      this.end = end;
      file.seek(start);
    }

    JpegHeader header() throws IOException {
      boolean more = true;
      for (int i = 0; more; i++) {
        if (i == MOST_SEGMENTS + MOST_SCANS) {
          throw new IOException("it has more than %d segments".formatted(MOST_SEGMENTS));
        }
        more = segment(marker());
      }
      if (process < 0 || scans == 0) {
        throw new IOException("it has no pixels");
      }
      return new JpegHeader(width, height, components, bits, process, scans, orientation, isLab);
    }

    /** The next marker, wherever it comes. A marker that scans are full of is passed over. */
    private int marker() throws IOException {
      byte[] block = new byte[BLOCK];
      boolean marked = false;
      while (file.getStreamPosition() < end) {
        long at = file.getStreamPosition();
        // Within segments the next marker is the next two bytes; in a scan it is far away.
        int wanted = scans == 0 ? 2 : BLOCK;
        int count = file.read(block, 0, (int) Math.min(wanted, end - at));
        for (int i = 0; i < count; i++) {
          int value = block[i] & 255;
          if (marked && value != 0 && value != 0xff && (value < 0xd0 || value > 0xd7)) {
            file.seek(at + i + 1);
            return value;
          }
          marked = value == 0xff;
        }
        if (count < 0) {
          break;
        }
      }
      if (process >= 0 && scans > 0) {
        return END_OF_IMAGE; // Whether pixels are missing is for their reader to say.
      }
      throw new EOFException("it ends before its pixels");
    }

    private boolean segment(int marker) throws IOException {
      if (marker == START_OF_IMAGE || marker == 1) {
        return true;
      }
      if (marker == END_OF_IMAGE) {
        return false;
      }
      long start = file.getStreamPosition();
      // A length that is too small is damage that readers pass over.
      int length = Math.max(2, file.readUnsignedShort());
      long next = start + length;
      if (marker == START_OF_SCAN) {
        return scan(next);
      }
      if (process < 0 && isFrame(marker)) {
        frame(marker);
      } else if (marker == APP1) {
        exif(next);
      } else if (marker == APP2) {
        profile(length);
      }
      file.seek(next);
      return true;
    }

    /** Sequential JPEGs with all components in the first scan have no other. */
    private boolean scan(long next) throws IOException {
      if (process < 0) {
        throw new IOException("it has pixels before their size");
      }
      int inScan = file.readUnsignedByte();
      scans++;
      if (scans > MOST_SCANS || (long) scans * width * height > MOST_WORK) {
        throw new Unsupported(
            "is a JPEG of %dx%d pixels in more than %d scans, where 10 are usual. %s"
                .formatted(width, height, scans - 1, "Save it again as a baseline JPEG."));
      }
      file.seek(next);
      return process == 2 || scans > 1 || inScan < components;
    }

    private static boolean isFrame(int marker) {
      boolean usual =
          marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
      return usual || marker == 0xc0 + JPEG_LS;
    }

    private void frame(int marker) throws IOException {
      process = marker - 0xc0;
      bits = file.readUnsignedByte();
      height = file.readUnsignedShort();
      width = file.readUnsignedShort();
      components = file.readUnsignedByte();
    }

    private void exif(long next) throws IOException {
      byte[] name = new byte[EXIF.length + 1];
      long start = file.getStreamPosition();
      if (!hasOrientation && next - start > name.length) {
        file.readFully(name);
        if (Arrays.equals(EXIF, Arrays.copyOf(name, EXIF.length))) {
          hasOrientation = true;
          orientation = TiffDirectory.orientation(file, start + name.length, next);
        }
      }
    }

    private void profile(int length) throws IOException {
      byte[] head = new byte[SPACE + LAB.length];
      if (length - 2 > head.length) {
        file.readFully(head);
        isLab |=
            Arrays.equals(PROFILE, Arrays.copyOf(head, PROFILE.length))
                && head[PROFILE.length] == 1
                && Arrays.equals(LAB, Arrays.copyOfRange(head, SPACE, head.length));
      }
    }
  }
}
