package dev.inlay.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inlay.InlayException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is RGB or grey is read as it is stored; what is neither is never taken for it. */
final class ImageKindsTest {
  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("image"), bytes);
  }

  private void assertRefused(byte[] bytes, String message) throws IOException {
    Path file = file(bytes);
    assertThatThrownBy(() -> ImageFile.read(file))
        .isInstanceOf(InlayException.class)
        .hasMessage(file + message);
  }

  @ParameterizedTest
  @CsvSource({"2,1", "4,1", "5,1", "8,1", "10,1", "5,2", "8,2", "10,2"})
  void bandsThatAreNotRedGreenAndBlueAreRefused(int bands, int photometric) throws IOException {
    assertRefused(
        TestBytes.tiffOf(bands, photometric, List.of()),
        " has %d bands, but images have 3 (red, green, blue) or 1 (grey). Save its red, green and blue band as one RGB image."
            .formatted(bands));
  }

  @Test
  void threeBandsThatAreMarkedAsGreyAreRefused() throws IOException {
    assertRefused(
        TestBytes.tiffOf(3, 1, List.of()),
        " has 3 bands that are marked as grey, not as red, green and blue. Save them as one RGB image if they are these colours.");
  }

  @ParameterizedTest
  @CsvSource({
    "3,8,CIELab",
    "3,9,ICCLab",
    "3,10,ITULab",
    "1,32803,the raw values of a camera",
    "3,34892,the raw values of a camera"
  })
  void coloursOfOtherSpacesAreRefused(int bands, int photometric, String space) throws IOException {
    assertRefused(
        TestBytes.tiffOf(bands, photometric, List.of()),
        " has colours in %s, but images must be RGB or grey. Save it as RGB.".formatted(space));
  }

  @Test
  void aJpegWithAProfileForLabIsRefused() throws IOException {
    byte[] profile = new byte[200];
    System.arraycopy("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII), 0, profile, 0, 12);
    profile[12] = 1;
    profile[13] = 1;
    System.arraycopy("Lab ".getBytes(StandardCharsets.US_ASCII), 0, profile, 30, 4);
    byte[] jpeg = TestImages.encoded(new BufferedImage(8, 8, 1), "jpg");
    assertRefused(
        TestBytes.withSegment(jpeg, 0xe2, profile),
        " has colours in CIELab, but images must be RGB or grey. Save it as RGB.");
  }

  @Test
  void valuesThatAreNotEightBitsAreRefused() throws IOException {
    assertRefused(
        TestBytes.tiffOf(
            1, 1, List.of(new TestBytes.Tag(258, 3, 32), new TestBytes.Tag(339, 3, 3))),
        " has floating-point values of 32 bits, but images have 8 bits per channel. Save it with 8 bits per channel.");
    assertRefused(
        TestBytes.tiffOf(1, 1, List.of(new TestBytes.Tag(339, 3, 2))),
        " has values with a sign, but images have 0 to 255. Save it with 8 bits per channel.");
    byte[] jpeg = TestImages.encoded(new BufferedImage(8, 8, 1), "jpg");
    int frame = new String(jpeg, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00c0");
    byte[] deep = jpeg.clone();
    deep[frame + 4] = 12;
    assertRefused(
        deep, " has 12 bits per channel, but images have 8. Save it with 8 bits per channel.");
    byte[] lossless = jpeg.clone();
    lossless[frame + 1] = (byte) 0xc3;
    assertRefused(
        lossless,
        " is a JPEG that is lossless, which is not read. Save it as a baseline JPEG or as PNG.");
  }

  @Test
  void transparencyIsLeftOut() throws IOException {
    RgbImage color =
        ImageFile.read(file(TestBytes.tiffOf(4, 2, List.of(new TestBytes.Tag(338, 3, 2)))));
    assertThat(color.color(1, 0)).isEqualTo(0x040506);
    RgbImage grey =
        ImageFile.read(file(TestBytes.tiffOf(2, 1, List.of(new TestBytes.Tag(338, 3, 2)))));
    assertThat(grey.color(3, 0)).isEqualTo(0x060606);
  }

  @ParameterizedTest
  @CsvSource({
    "52494646ffffff00574542505650, a WebP image, Convert it to PNG or JPEG.",
    "0000001c66747970686569630000, a HEIC image, Convert it to PNG or JPEG.",
    "0000001c66747970617669660000, an AVIF image, Convert it to PNG or JPEG.",
    "0000000c4a584c200d0a870a, a JPEG XL image, Convert it to PNG or JPEG.",
    "0000000c6a5020200d0a870a, a JPEG 2000 image, Convert it to PNG or JPEG.",
    "49492b000800000010000000, 'a BigTIFF image', 'Save it as PNG, or as a TIFF of at most 4 GB without BigTIFF.'",
    "38425053000100000000, a Photoshop file, Convert it to PNG or JPEG.",
    "50360a3220320a3235350a, 'a Netpbm image (PPM, PGM)', Convert it to PNG or JPEG.",
    "252150532d41646f6265, a PostScript drawing (EPS), Draw it as PNG."
  })
  void imagesThatAreNotReadAreNamed(String hex, String kind, String wayOut) throws IOException {
    assertRefused(
        HexFormat.of().parseHex(hex), " is %s, which is not read. %s".formatted(kind, wayOut));
  }

  @ParameterizedTest
  @CsvSource({
    "255044462d312e34, a PDF document, Save its pictures as PNG or JPEG.",
    "894844460d0a1a0a, 'an HDF5 file, as Keras, h5py and NetCDF-4 write it', Save its images as PNG with 8 bits per channel.",
    "1f8b0800000000000003, compressed by gzip, 'Unpack it with gunzip, and give the result.'",
    "3c21444f43545950452068746d6c3e, a web page, Download the image itself.",
    "76657273696f6e2068747470733a2f2f6769742d6c66732e, a Git LFS pointer, Fetch the file itself with `git lfs pull`.",
    "40000000000000007b22, a safetensors file, 'Give it to --model, and an image in its place.'"
  })
  void whatIsNoImageIsNamedAsWhereWeightsAreNeeded(String hex, String kind, String wayOut)
      throws IOException {
    assertRefused(
        HexFormat.of().parseHex(hex),
        " is %s, not an image that can be read. %s".formatted(kind, wayOut));
  }

  private static byte[] interlaced(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), how);
    }
    writer.dispose();
    return bytes.toByteArray();
  }

  private static BufferedImage palette(int bits, int width, int height) {
    byte[][] colors = new byte[3][1 << bits];
    Random random = new Random(bits);
    for (byte[] channel : colors) {
      random.nextBytes(channel);
    }
    IndexColorModel model = new IndexColorModel(bits, 1 << bits, colors[0], colors[1], colors[2]);
    BufferedImage image =
        bits == 8
            ? new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model)
            : new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY, model);
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, random.nextInt(1 << bits));
    }
    return image;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void palettesOfEveryDepthAreLookedUp(int bits) throws IOException {
    for (int width : new int[] {2, 5, 8, 33}) {
      BufferedImage image = palette(bits, width, 7);
      for (byte[] png : List.of(TestImages.encoded(image, "png"), interlaced(image))) {
        RgbImage read = ImageFile.read(file(png));
        LabelMap ids = LabelMap.read(file(png));
        for (int i = 0; i < width * 7; i++) {
          assertThat(read.color(i % width, i / width))
              .isEqualTo(image.getRGB(i % width, i / width) & 0xffffff);
          assertThat(ids.id(i % width, i / width))
              .isEqualTo(image.getRaster().getSample(i % width, i / width, 0));
        }
      }
    }
  }

  @Test
  void interlacedColoursAreRead() throws IOException {
    for (int width : new int[] {2, 3, 9, 40}) {
      RgbImage image = TestImages.random(width, 11);
      assertThat(ImageFile.read(file(interlaced(TestImages.buffered(image)))).rgb())
          .isEqualTo(image.rgb());
    }
  }
}
