package dev.inlay.image.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file is by its first bytes, whatever its name says.
 *
 * @param format the name that ImageIO gives the format, or empty if it is not read
 * @param name with its article, for messages
 * @param wayOut what to do with a file that is not read
 */
public record ImageKind(String format, String name, String wayOut) {
  private static final int HEAD = 160;
  private static final String CONVERT = "Convert it to PNG or JPEG.";
  private static final String UNPACK = "Unpack it first.";

  /** Bytes at a place that only one kind has. */
  private record Sign(int at, byte[] bytes, ImageKind kind) {
    boolean fits(byte[] head, int length) {
      if (at + bytes.length > length) {
        return false;
      }
      for (int i = 0; i < bytes.length; i++) {
        if (head[at + i] != bytes[i]) {
          return false;
        }
      }
      return true;
    }
  }

  /** Files that begin in a longer common way come before files that begin in a shorter one. */
  private static final List<Sign> SIGNS =
      List.of(
          hex(0, "ffd8", read("jpeg", "a JPEG")),
          hex(0, "89504e470d0a1a0a", read("png", "a PNG")),
          text(0, "GIF87a", read("gif", "a GIF")),
          text(0, "GIF89a", read("gif", "a GIF")),
          text(0, "BM", read("bmp", "a BMP")),
          hex(0, "49492a00", read("tiff", "a TIFF")),
          hex(0, "4d4d002a", read("tiff", "a TIFF")),
          hex(0, "49492b00", bigTiff()),
          hex(0, "4d4d002b", bigTiff()),
          text(8, "WEBP", other("a WebP image")),
          text(4, "ftypheic", other("a HEIC image")),
          text(4, "ftypheix", other("a HEIC image")),
          text(4, "ftyphevc", other("a HEIC image")),
          text(4, "ftypheim", other("a HEIC image")),
          text(4, "ftypmif1", other("a HEIC image")),
          text(4, "ftypmsf1", other("a HEIC image")),
          text(4, "ftypavif", other("an AVIF image")),
          text(4, "ftypavis", other("an AVIF image")),
          text(4, "ftypcrx ", other("a raw photo of a camera (CR3)")),
          text(4, "ftyp", other("a film", "Save its pictures as PNG or JPEG.")),
          hex(0, "0000000c4a584c20", other("a JPEG XL image")),
          hex(0, "ff0a", other("a JPEG XL image")),
          hex(0, "0000000c6a502020", other("a JPEG 2000 image")),
          hex(0, "ff4fff51", other("a JPEG 2000 image")),
          hex(0, "4949bc01", other("a JPEG XR image")),
          text(0, "IIRO", other("a raw photo of a camera (ORF)")),
          hex(0, "49495500", other("a raw photo of a camera (RW2)")),
          text(0, "FUJIFILMCCD-RAW", other("a raw photo of a camera (RAF)")),
          text(0, "8BPS", other("a Photoshop file")),
          hex(0, "762f3101", other("an OpenEXR image")),
          text(0, "#?RADIANCE", other("a Radiance image")),
          text(0, "qoif", other("a QOI image")),
          text(0, "DDS ", other("a DDS texture")),
          hex(0, "00000100", other("an icon (ICO)")),
          text(0, "SIMPLE  =", other("a FITS image")),
          text(128, "DICM", other("a DICOM image")),
          hex(0, "89484446", other("an HDF5 file", "Save its images as PNG.")),
          hex(0, "93", other("a NumPy array", "Save it as PNG."), "NUMPY"),
          text(0, "%PDF", other("a PDF document", "Save its pictures as PNG or JPEG.")),
          hex(0, "1f8b", other("a gzip file", UNPACK)),
          hex(0, "504b0304", other("a ZIP archive", UNPACK)),
          hex(0, "377abcaf271c", other("a 7-Zip archive", UNPACK)),
          text(0, "Rar!", other("a RAR archive", UNPACK)),
          text(
              0,
              "version https://git-lfs",
              other("a pointer of Git LFS", "Fetch the image itself with git lfs pull.")));

  /** The kind of an open file, which then stands at its beginning. */
  public static Optional<ImageKind> of(ImageBytes file) throws IOException {
    byte[] head = new byte[HEAD];
    int length = 0;
    file.seek(0);
    for (int count = 0; count >= 0 && length < HEAD; length += Math.max(count, 0)) {
      count = file.read(head, length, HEAD - length);
    }
    file.seek(0);
    for (Sign sign : SIGNS) {
      if (sign.fits(head, length)) {
        return Optional.of(sign.kind);
      }
    }
    return text(new String(head, 0, length, StandardCharsets.ISO_8859_1));
  }

  /** Whether files of this kind are read. */
  public boolean isRead() {
    return !format.isEmpty();
  }

  private static Optional<ImageKind> text(String head) {
    String words = head.strip().toLowerCase(Locale.ROOT);
    if (words.startsWith("<svg") || (words.startsWith("<?xml") && words.contains("<svg"))) {
      return Optional.of(other("an SVG drawing"));
    }
    if (words.startsWith("<!doctype html") || words.startsWith("<html")) {
      return Optional.of(other("a web page", "Download the image itself."));
    }
    if (head.matches("(?s)P[1-7f]\\s.*") || head.startsWith("PF")) {
      return Optional.of(other("a Netpbm image (PPM, PGM)"));
    }
    return Optional.empty();
  }

  private static ImageKind bigTiff() {
    return other("a BigTIFF", "Save it as PNG, or as a TIFF of at most 4 GB without BigTIFF.");
  }

  private static ImageKind read(String format, String name) {
    return new ImageKind(format, name, "");
  }

  private static ImageKind other(String name) {
    return other(name, CONVERT);
  }

  private static ImageKind other(String name, String wayOut) {
    return new ImageKind("", name, wayOut);
  }

  private static Sign text(int at, String text, ImageKind kind) {
    return new Sign(at, text.getBytes(StandardCharsets.ISO_8859_1), kind);
  }

  private static Sign hex(int at, String digits, ImageKind kind) {
    return new Sign(at, HexFormat.of().parseHex(digits), kind);
  }

  private static Sign hex(int at, String digits, ImageKind kind, String text) {
    return text(
        at, new String(HexFormat.of().parseHex(digits), StandardCharsets.ISO_8859_1) + text, kind);
  }
}
