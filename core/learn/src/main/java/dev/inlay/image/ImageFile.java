package dev.inlay.image;

import dev.inlay.InlayException;
import dev.inlay.files.WholeFile;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads images as JPEG, PNG, BMP, GIF and TIFF with 8 bits per channel, grey or in colour; writes
 * PNG.
 *
 * <p>Grey becomes RGB with three equal channels. Transparency, colour profiles and the EXIF
 * orientation are ignored. Of several images in one file, the first is read.
 */
public final class ImageFile {
  private static final Set<String> FORMATS = Set.of("jpeg", "png", "bmp", "gif", "tif", "tiff");
  private static final int LARGEST_MEGAPIXELS = 200;

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
    List<Path> images =
        ImageFolder.files(folder).stream()
            .filter(
                file -> ImageFolder.ends(String.valueOf(file.getFileName()), ImageFolder.ENDINGS))
            .toList();
    if (images.isEmpty()) {
      throw new InlayException(
          "%s holds no images (jpg, png, bmp, gif, tif). Name a folder of images."
              .formatted(folder));
    }
    return images;
  }

  /**
   * Reads an image.
   *
   * @throws InlayException that names the file if it is missing, a folder, empty, not an image,
   *     damaged or cut off, CMYK, deeper than 8 bits, narrower than 2 pixels, or larger than 200
   *     megapixels
   */
  public static RgbImage read(Path file) {
    check(file, "an image");
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      ImageReader reader = reader(stream, file);
      try {
        return read(reader, stream, file);
      } finally {
        reader.dispose();
      }
    } catch (IOException e) {
      throw new InlayException(
          "%s cannot be read (%s). Check its permissions.".formatted(file, e.getMessage()), e);
    }
  }

  /** Checks that a path is a readable, non-empty file. */
  static void check(Path file, String what) {
    if (!Files.exists(file)) {
      throw new InlayException("%s does not exist. Check the path.".formatted(file));
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
      throw new InlayException(
          "%s cannot be read (%s). Check its permissions.".formatted(file, e.getMessage()), e);
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

  private static ImageReader reader(ImageInputStream stream, Path file) throws IOException {
    for (Iterator<ImageReader> all = ImageIO.getImageReaders(stream); all.hasNext(); ) {
      ImageReader reader = all.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
    }
    throw new InlayException(
        "%s is not an image that can be read: it is neither JPEG, PNG, BMP, GIF nor TIFF. Convert it to one of them."
            .formatted(file));
  }

  private static RgbImage read(ImageReader reader, ImageInputStream stream, Path file) {
    List<String> damage = new ArrayList<>();
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (meansDamage(warning)) {
            damage.add(warning);
          }
        });
    BufferedImage image;
    try {
      reader.setInput(stream, true, true);
      checkSize(reader.getWidth(0), reader.getHeight(0), file);
      checkType(reader, file);
      image = reader.read(0);
    } catch (InlayException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The readers throw any exception on damage: index out of bounds, negative array size, ...
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
    if (!damage.isEmpty()) {
      throw damaged(file, damage.get(0), null);
    }
    return new RgbImage(image.getWidth(), image.getHeight(), pixels(image));
  }

  /**
   * Whether a reader's warning means lost pixels; a warning about a JPEG's version number does not.
   */
  private static boolean meansDamage(String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    return text.contains("premature")
        || text.contains("truncated")
        || text.contains("unexpected end")
        || text.contains("out-of-sequence")
        || (text.contains("corrupt") && !text.contains("extraneous"));
  }

  private static InlayException damaged(Path file, String detail, @Nullable Throwable cause) {
    return new InlayException(
        "%s is damaged or cut off (%s). Fetch or save it again.".formatted(file, detail), cause);
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

  private static void checkType(ImageReader reader, Path file) throws IOException {
    Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
    if (!types.hasNext()) {
      throw cmyk(file);
    }
    ColorModel model = types.next().getColorModel();
    // A JPEG has no transparency; its fourth channel is black ink even if the reader says alpha.
    boolean jpeg = "jpeg".equalsIgnoreCase(reader.getFormatName());
    if (model.getColorSpace().getType() == ColorSpace.TYPE_CMYK
        || (jpeg && model.getNumComponents() == 4)) {
      throw cmyk(file);
    }
    int bits = Arrays.stream(model.getComponentSize()).max().orElse(8);
    if (bits > 8) {
      throw new InlayException(
          "%s has %d bits per channel, but images have 8. Save it with 8 bits per channel."
              .formatted(file, bits));
    }
  }

  private static InlayException cmyk(Path file) {
    return new InlayException(
        "%s is a CMYK image, but images must be RGB or grey. Save it as RGB.".formatted(file));
  }

  private static byte[] pixels(BufferedImage image) {
    int width = image.getWidth();
    byte[] rgb = new byte[3 * width * image.getHeight()];
    int at = 0;
    if (image.getColorModel() instanceof ComponentColorModel) {
      // Reads stored values, because getRGB would convert grey through a linear colour space.
      Raster raster = image.getRaster();
      int bands = raster.getNumBands();
      int green = bands < 3 ? 0 : 1;
      int[] row = new int[bands * width];
      for (int y = 0; y < image.getHeight(); y++) {
        raster.getPixels(0, y, width, 1, row);
        for (int i = 0; i < row.length; i += bands) {
          rgb[at++] = (byte) row[i];
          rgb[at++] = (byte) row[i + green];
          rgb[at++] = (byte) row[i + 2 * green];
        }
      }
    } else {
      int[] row = new int[width];
      for (int y = 0; y < image.getHeight(); y++) {
        image.getRGB(0, y, width, 1, row, 0, width);
        for (int color : row) {
          rgb[at++] = (byte) (color >> 16);
          rgb[at++] = (byte) (color >> 8);
          rgb[at++] = (byte) color;
        }
      }
    }
    return rgb;
  }
}
