package dev.inlay.cli;

import dev.inlay.cli.demo.Scenes;
import dev.inlay.data.ClassList;
import dev.inlay.data.LabelClass;
import dev.inlay.data.LabelledImage;
import dev.inlay.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** A small dataset of generated scenes on the disk, which tests may spoil. */
public record DatasetFolder(Path path) {

  public static final int WIDTH = 64;
  public static final int HEIGHT = 48;

  /** Writes scenes as {@code train/images/scene-0000.png} and so on, with a dataset.yaml. */
  public static DatasetFolder write(Path path, int train, int val) throws IOException {
    DatasetFolder folder = new DatasetFolder(path);
    folder.split("train", new Scenes(train, WIDTH, HEIGHT, 1));
    folder.split("val", new Scenes(val, WIDTH, HEIGHT, 2));
    folder.describe(Scenes.classes());
    return folder;
  }

  private void split(String name, Scenes scenes) {
    for (int i = 0; i < scenes.size(); i++) {
      LabelledImage scene = scenes.read(i);
      Pictures.write(image(name, i), Pictures.of(scene.image()));
      scene.labels().write(label(name, i), Scenes.classes());
    }
  }

  public void describe(ClassList classes) throws IOException {
    String lines =
        classes.classes().stream()
            .map(each -> "  - {name: %s, color: \"%s\"}\n".formatted(each.name(), each.hex()))
            .collect(Collectors.joining());
    Files.writeString(
        path.resolve("dataset.yaml"),
        """
        name: scenes
        classes:
        %signore: 255
        splits:
          train: {images: train/images, labels: train/labels}
          val: {images: val/images, labels: val/labels}
        """
            .formatted(lines));
  }

  /** The scenes' classes with one under another name. */
  public static ClassList renamed(int id, String name) {
    ClassList classes = Scenes.classes();
    return new ClassList(
        classes.classes().stream()
            .map(c -> c.name().equals(classes.name(id)) ? new LabelClass(name, c.color()) : c)
            .toList(),
        classes.ignore());
  }

  public Path image(String split, int index) {
    return path.resolve(split).resolve("images").resolve("scene-%04d.png".formatted(index));
  }

  public Path label(String split, int index) {
    return path.resolve(split).resolve("labels").resolve("scene-%04d.png".formatted(index));
  }

  /** Writes a picture of one colour and some kind of pixels. */
  public static void picture(Path file, int width, int height, int type) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    ImageIO.write(new BufferedImage(width, height, type), "png", file.toFile());
  }
}
