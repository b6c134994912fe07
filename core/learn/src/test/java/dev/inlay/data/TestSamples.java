package dev.inlay.data;

import dev.inlay.image.LabelMap;
import dev.inlay.image.TestImages;
import java.util.List;

/** Labelled images of random pixels with six classes, always the same. */
public record TestSamples(int size, int width, int height) implements SampleSource {

  private static final ClassList CLASSES =
      new ClassList(
          List.of(
              new LabelClass("ground", 0x7c9c50),
              new LabelClass("sky", 0x86c5ea),
              new LabelClass("ball", 0xe4572e),
              new LabelClass("wall", 0x8a63c4),
              new LabelClass("window", 0xf5c542),
              new LabelClass("beam", 0x17607a)),
          ClassList.DEFAULT_IGNORE);

  public static ClassList classes() {
    return CLASSES;
  }

  @Override
  public String name(int index) {
    return "sample-" + index;
  }

  @Override
  public LabelledImage read(int index) {
    byte[] ids = new byte[width * height];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) ((i + index) % CLASSES.size());
    }
    return new LabelledImage(
        TestImages.random(width, height, index), new LabelMap(width, height, ids));
  }
}
