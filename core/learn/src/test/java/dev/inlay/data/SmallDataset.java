package dev.inlay.data;

import dev.inlay.image.LabelMap;
import dev.inlay.image.Palette;
import dev.inlay.image.Pictures;
import dev.inlay.image.TestImages;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes small datasets of 4x2 pixels, in all the forms in which people have them. */
public record SmallDataset(Path folder) {
  public static final int WIDTH = 4;
  public static final int HEIGHT = 2;

  /** Writes {@code dataset.yaml}. */
  public SmallDataset describe(String yaml) throws IOException {
    Files.writeString(folder.resolve(Dataset.DESCRIPTOR), yaml);
    return this;
  }

  /** An image of random pixels, of which each seed has others. */
  public SmallDataset image(String file, long seed) throws IOException {
    Path path = made(file);
    String ending = file.substring(file.lastIndexOf('.') + 1);
    BufferedImage picture = TestImages.buffered(TestImages.random(WIDTH, HEIGHT, seed));
    Files.write(path, TestImages.encoded(picture, ending));
    return this;
  }

  /** A grey label map with these ids, row by row. */
  public SmallDataset grey(String file, int... ids) throws IOException {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setPixels(0, 0, WIDTH, HEIGHT, ids);
    ImageIO.write(picture, "png", made(file).toFile());
    return this;
  }

  /** A label map in colours, 0xRRGGBB. */
  public SmallDataset colors(String file, int... colors) throws IOException {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, WIDTH, HEIGHT, colors, 0, WIDTH);
    ImageIO.write(picture, "png", made(file).toFile());
    return this;
  }

  /** A label map with a palette of its own. */
  public SmallDataset palette(String file, int[] palette, int... ids) throws IOException {
    IndexColorModel model = new IndexColorModel(8, palette.length, palette, 0, false, -1, 0);
    BufferedImage picture =
        new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, model);
    picture.getRaster().setPixels(0, 0, WIDTH, HEIGHT, ids);
    ImageIO.write(picture, "png", made(file).toFile());
    return this;
  }

  /** A label map as Inlay writes it. */
  public SmallDataset own(String file, Palette classes, int... ids) throws IOException {
    byte[] bytes = new byte[ids.length];
    for (int i = 0; i < ids.length; i++) {
      bytes[i] = (byte) ids[i];
    }
    new LabelMap(WIDTH, HEIGHT, bytes).write(made(file), classes);
    return this;
  }

  /** An image of one colour. */
  public SmallDataset flat(String file) throws IOException {
    Pictures.write(made(file), new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB));
    return this;
  }

  private Path made(String file) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.toAbsolutePath().getParent());
    return path;
  }

  public Dataset open() {
    return Dataset.open(folder);
  }
}
