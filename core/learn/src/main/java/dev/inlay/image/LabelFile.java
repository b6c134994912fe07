package dev.inlay.image;

import dev.inlay.InlayException;
import dev.inlay.files.FileKind;
import dev.inlay.image.format.ImageBytes;
import dev.inlay.image.format.Orientation;
import dev.inlay.image.format.PngHeader;
import dev.inlay.image.format.PngImage;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads and writes label maps as PNG: pixel values or palette indices are the ids. */
final class LabelFile {
  private static final int LARGEST_MEGAPIXELS = 200;

  private static final String SAVE = "Save label maps as 8-bit grey or palette PNG.";

  private LabelFile() {}

  static LabelMap read(Path file) {
    return readStored(file).labels();
  }

  static StoredLabels readStored(Path file) {
    ImageFile.check(file, "a label map");
    try (ImageBytes bytes = ImageBytes.open(file)) {
      checkKind(bytes, file);
      PngImage png = ImageFile.decoded(file, () -> PngImage.open(bytes));
      checkHeader(png.header(), file);
      LabelMap labels = ImageMemory.ofIds(png, file).within(() -> decode(png, file));
      return new StoredLabels(labels, png.palette());
    } catch (IOException e) {
      throw ImageFile.unreadable(file, e);
    }
  }

  static RgbImage readColors(Path file) {
    ImageFile.check(file, "a label map");
    try (ImageBytes bytes = ImageBytes.open(file)) {
      checkKind(bytes, file);
    } catch (IOException e) {
      throw ImageFile.unreadable(file, e);
    }
    return ImageFile.read(file);
  }

  private static void checkKind(ImageBytes bytes, Path file) throws IOException {
    Optional<FileKind> kind = bytes.kind(file);
    String format = kind.map(FileKind::format).orElse("");
    if (format.equals("jpeg")) {
      throw new InlayException(
          "%s is a JPEG, but JPEG compression changes label ids. %s".formatted(file, SAVE));
    }
    if (!format.equals("png")) {
      String what =
          kind.map(FileKind::what).map(" is %s, not a PNG."::formatted).orElse(" is not a PNG.");
      String wayOut = kind.filter(each -> !each.picture()).map(FileKind::forImages).orElse(SAVE);
      throw new InlayException("%s%s %s".formatted(file, what, wayOut));
    }
  }

  private static void checkHeader(PngHeader header, Path file) {
    switch (header.type()) {
      case PngHeader.GREY, PngHeader.PALETTE -> {}
      case PngHeader.GREY_ALPHA -> throw refused(file, "a grey PNG with transparency");
      default ->
          throw new InlayException(
              "%s is a colour PNG (RGB), but a label map holds one id of 8 bits for each pixel. Have its colours read with labels: {kind: colors} in dataset.yaml, or save the ids as 8-bit grey PNG."
                  .formatted(file));
    }
    if (header.bits() > 8) {
      throw refused(file, "a PNG with %d bits per pixel".formatted(header.bits()));
    }
    if ((long) header.width() * header.height() > LARGEST_MEGAPIXELS * 1_000_000L) {
      throw new InlayException(
          "%s is %dx%d, more than %d megapixels. Cut it into smaller label maps."
              .formatted(file, header.width(), header.height(), LARGEST_MEGAPIXELS));
    }
  }

  private static InlayException refused(Path file, String what) {
    return new InlayException(
        "%s is %s, but a label map holds one id of 8 bits for each pixel. Save it as 8-bit grey PNG."
            .formatted(file, what));
  }

  /** Palette indices, or the stored values of a grey image, turned as the file's own tag says. */
  private static LabelMap decode(PngImage png, Path file) {
    byte[] ids = ImageFile.decoded(file, png::ids);
    int width = png.width();
    int height = png.height();
    Orientation turn = png.orientation();
    return new LabelMap(
        turn.width(width, height), turn.height(width, height), turn.turn(ids, width, height, 1));
  }

  static void write(LabelMap labels, Path file, Palette classes) {
    byte[][] colors = new byte[3][256];
    for (int id = 0; id < classes.size(); id++) {
      int color = classes.color(id);
      colors[0][id] = (byte) (color >> 16);
      colors[1][id] = (byte) (color >> 8);
      colors[2][id] = (byte) color;
    }
    BufferedImage image =
        new BufferedImage(
            labels.width(),
            labels.height(),
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 256, colors[0], colors[1], colors[2]));
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(labels.ids(), 0, pixels, 0, pixels.length);
    ImageFile.writePng(file, image);
  }
}
