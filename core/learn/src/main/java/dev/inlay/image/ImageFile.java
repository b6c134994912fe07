package dev.inlay.image;

import dev.inlay.InlayException;
import dev.inlay.files.FileKind;
import dev.inlay.files.WholeFile;
import dev.inlay.image.format.ImageBytes;
import dev.inlay.image.format.ImagePixels;
import dev.inlay.image.format.Orientation;
import dev.inlay.image.format.Unsupported;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Reads images as JPEG, PNG, BMP, GIF and TIFF with 8 bits per channel, grey or in colour; writes
 * PNG.
 *
 * <p>Grey becomes RGB with three equal channels. The orientation tag of Exif and TIFF is applied,
 * so that the image stands upright; transparency and colour profiles are ignored. Of several images
 * in one file, the first is read.
 */
public final class ImageFile {
  private static final int LARGEST_MEGAPIXELS = 200;
  private static final int LARGEST_STREAM = 512 << 20;
  private static final int MOST_CAUSES = 10;

  private ImageFile() {}

  /**
   * Lists the image files of a folder without its subfolders, told by their extensions and sorted
   * by name.
   *
   * @throws InlayException if the folder is missing, cannot be listed or holds no image
   */
  public static List<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InlayException(
          "%s %s. Name a folder of images."
              .formatted(
                  folder, Files.exists(folder) ? "is a file, not a folder" : "does not exist"));
    }
    FolderListing listing = FolderListing.of(folder);
    if (listing.images().isEmpty()) {
      throw listing.noImages("Name a folder of images.");
    }
    return listing.images();
  }

  /**
   * Reads an image.
   *
   * @throws InlayException that names the file if it is missing, a folder, empty, not an image,
   *     damaged or cut off, neither grey nor RGB, deeper than 8 bits, narrower than 2 pixels, or
   *     larger than 200 megapixels or Java's memory
   */
  public static RgbImage read(Path file) {
    check(file, "an image");
    try (ImageBytes bytes = ImageBytes.open(file)) {
      return read(kind(bytes, file), bytes, file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Reads an image from a stream, which the caller closes.
   *
   * @param name what messages call the image, such as the name of an upload
   * @throws InlayException that names the image, as {@link #read(Path)}; also if the stream holds
   *     more than 512 MB or fails
   */
  public static RgbImage read(InputStream stream, String name) {
    Path label = label(name);
    byte[] file;
    try {
      file = stream.readNBytes(LARGEST_STREAM + 1);
    } catch (IOException e) {
      throw new InlayException(
          "%s cannot be read to its end (%s). Send it again.".formatted(label, e.getMessage()), e);
    }
    if (file.length > LARGEST_STREAM) {
      throw new InlayException(
          "%s has more than %d MB, which is too much for a stream. Save it as a file."
              .formatted(label, LARGEST_STREAM >> 20));
    }
    if (file.length == 0) {
      throw new InlayException(
          "%s is empty (0 bytes), not an image. Send it again.".formatted(label));
    }
    try (ImageBytes bytes = ImageBytes.of(file)) {
      return read(kind(bytes, label), bytes, label);
    } catch (IOException e) {
      throw unreadable(label, e);
    }
  }

  /** A name as messages show it; what can be no path is left out. */
  private static Path label(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      return Path.of("the image");
    }
  }

  /** Checks that a path is a readable, non-empty file. */
  static void check(Path file, String what) {
    if (!Files.exists(file)) {
      throw new InlayException(Absent.message(file));
    }
    if (Files.isDirectory(file)) {
      throw new InlayException("%s is a folder, not %s. Name a file.".formatted(file, what));
    }
    if (!Files.isRegularFile(file)) {
      throw new InlayException("%s is neither a file nor a folder. Name a file.".formatted(file));
    }
    if (!Files.isReadable(file)) {
      throw new InlayException("%s may not be read. Check its permissions.".formatted(file));
    }
    try {
      if (Files.size(file) == 0) {
        throw new InlayException(
            "%s is empty (0 bytes), not %s. Fetch or save it again.".formatted(file, what));
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Writes a picture as PNG. Missing folders are created and an existing file is replaced.
   *
   * @throws InlayException if the file cannot be written; an existing file then stays unchanged
   */
  public static void writePng(Path file, BufferedImage picture) {
    WholeFile.writeWithFolders(
        file,
        channel -> {
          try (var stream = new MemoryCacheImageOutputStream(Channels.newOutputStream(channel))) {
            ImageIO.write(picture, "png", stream);
          }
        });
  }

  private static FileKind kind(ImageBytes bytes, Path file) throws IOException {
    FileKind kind =
        bytes
            .kind(file)
            .orElseThrow(
                () ->
                    new InlayException(
                        "%s is not an image that can be read: it is neither JPEG, PNG, BMP, GIF nor TIFF. Convert it to one of them."
                            .formatted(file)));
    if (!kind.isReadAsImage()) {
      throw new InlayException(kind.imageMessage(file));
    }
    return kind;
  }

  private static RgbImage read(FileKind kind, ImageBytes bytes, Path file) {
    ImagePixels pixels = decoded(file, () -> ImagePixels.open(kind, bytes));
    int width = pixels.width();
    int height = pixels.height();
    checkSize(width, height, file);
    return ImageMemory.of(pixels, file)
        .within(
            () -> {
              byte[] rgb = decoded(file, pixels::rgb);
              // Only now, because a PNG may have its tag behind the pixels.
              Orientation turn = pixels.orientation();
              return new RgbImage(
                  turn.width(width, height),
                  turn.height(width, height),
                  turn.turn(rgb, width, height, 3));
            });
  }

  /**
   * Reads an image's size without its pixels.
   *
   * @throws InlayException that names the file if it is missing, empty, not an image or of no size
   *     that can be read
   */
  static ImageHeader header(Path file) {
    check(file, "an image");
    try (ImageBytes bytes = ImageBytes.open(file)) {
      FileKind kind = kind(bytes, file);
      ImagePixels pixels = decoded(file, () -> ImagePixels.open(kind, bytes));
      checkSize(pixels.width(), pixels.height(), file);
      Orientation turn = pixels.orientation();
      return new ImageHeader(
          turn.width(pixels.width(), pixels.height()),
          turn.height(pixels.width(), pixels.height()),
          !turn.isUpright());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Whether an image's orientation tag exchanges its width and height. The image is readable. */
  public static boolean hasTurnedSides(Path file) {
    try (ImageBytes bytes = ImageBytes.open(file)) {
      ImagePixels pixels = ImagePixels.open(kind(bytes, file), bytes);
      pixels.rgb();
      return pixels.orientation().swapsSides();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** A step of decoding. */
  @FunctionalInterface
  interface Decoding<T> {
    T run() throws IOException;
  }

  /** What decoding gives; whatever it throws is a message about the file. */
  static <T> T decoded(Path file, Decoding<T> decoding) {
    try {
      return decoding.run();
    } catch (Unsupported e) {
      throw new InlayException("%s %s".formatted(file, e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      // The readers throw any exception on damage: index out of bounds, negative array size, ...
      throw new InlayException(
          "%s is damaged or cut off (%s). Fetch or save it again.".formatted(file, innermost(e)),
          e);
    }
  }

  /** The message of the first cause: readers wrap it in ones that say less. */
  private static String innermost(Exception failure) {
    String message = "its data ends too early";
    Throwable cause = failure;
    for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
      message = cause.getMessage() == null ? message : cause.getMessage();
      cause = cause.getCause();
    }
    return message;
  }

  /** Checks the size in the header before decoding, so that a small file cannot fill the memory. */
  private static void checkSize(int width, int height, Path file) {
    if (width < 2 || height < 2) {
      throw new InlayException(
          "%s is %dx%d, but an image needs at least 2 pixels each way. Use a larger image."
              .formatted(file, width, height));
    }
    if ((long) width * height > LARGEST_MEGAPIXELS * 1_000_000L) {
      throw new InlayException(
          "%s is %dx%d, more than %d megapixels. Cut it into smaller images."
              .formatted(file, width, height, LARGEST_MEGAPIXELS));
    }
  }

  static InlayException unreadable(Path file, IOException reason) {
    return new InlayException(
        "%s cannot be read (%s). Check its permissions.".formatted(file, reason.getMessage()),
        reason);
  }
}
