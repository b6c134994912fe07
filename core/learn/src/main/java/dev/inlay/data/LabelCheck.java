package dev.inlay.data;

import dev.inlay.InlayException;
import dev.inlay.image.ImageFile;
import dev.inlay.image.LabelMap;
import dev.inlay.image.RgbImage;
import java.nio.file.Path;

/** Checks of label maps before training and scoring. */
public final class LabelCheck {
  private LabelCheck() {}

  /**
   * Checks that a label map has the size of its image.
   *
   * @throws InlayException that names both files and both sizes
   */
  public static void size(LabelMap labels, Path labelFile, RgbImage image, Path imageFile) {
    if (labels.width() != image.width() || labels.height() != image.height()) {
      boolean turned =
          labels.width() == image.height()
              && labels.height() == image.width()
              && ImageFile.hasTurnedSides(imageFile);
      throw new InlayException(
          "%s is %dx%d, but its image %s is %dx%d%s."
              .formatted(
                  labelFile,
                  labels.width(),
                  labels.height(),
                  imageFile,
                  image.width(),
                  image.height(),
                  turned
                      ? " after it was turned as its orientation tag says. Turn the label map in the same way, or remove the tag from the image"
                      : ". Bring both to the same size (labels by nearest neighbour)"));
    }
  }

  /**
   * Checks that every label is the id of a class or the ignore index.
   *
   * @param descriptor the file that names the classes, for the message: {@code dataset.yaml} or a
   *     model
   * @throws InlayException that names the file, the first wrong label, its position, and the number
   *     of pixels with wrong labels
   */
  public static void ids(LabelMap labels, Path labelFile, ClassList classes, String descriptor) {
    byte[] ids = labels.ids();
    int first = -1;
    long wrong = 0;
    for (int i = 0; i < ids.length; i++) {
      int id = ids[i] & 255;
      if (id >= classes.size() && id != classes.ignore()) {
        wrong++;
        first = first < 0 ? i : first;
      }
    }
    if (wrong > 0) {
      throw new InlayException(
          "%s has the label %d at (x=%d, y=%d)%s, but %s names %s and ignores %d. %s"
              .formatted(
                  labelFile,
                  ids[first] & 255,
                  first % labels.width(),
                  first / labels.width(),
                  wrong == 1 ? "" : " and wrong labels at %,d pixels in all".formatted(wrong),
                  descriptor,
                  range(classes.size()),
                  classes.ignore(),
                  "Correct the label or add the class."));
    }
  }

  private static String range(int classes) {
    return classes == 1 ? "1 class (0)" : "%d classes (0 to %d)".formatted(classes, classes - 1);
  }
}
