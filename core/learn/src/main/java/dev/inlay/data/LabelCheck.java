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
   * What is wrong with ids that are neither a class nor the ignore index.
   *
   * @param descriptor the file that names the classes
   */
  static String wrongIds(
      DecodedLabels decoded, Path labelFile, ClassList classes, String descriptor) {
    DecodedLabels.Wrong first = decoded.wrong().get(0);
    long wrong = decoded.wrongPixels();
    return "%s has the label %d at (x=%d, y=%d)%s, but %s names %s and ignores %d. %s"
        .formatted(
            labelFile,
            first.stored(),
            first.x(),
            first.y(),
            wrong == 1 ? "" : " and wrong labels at %,d pixels in all".formatted(wrong),
            descriptor,
            range(classes.size()),
            classes.ignore(),
            "Correct the label, add the class, or map it: labels: {map: {%d: ignore}}."
                .formatted(first.stored()));
  }

  private static String range(int classes) {
    return classes == 1 ? "1 class (0)" : "%d classes (0 to %d)".formatted(classes, classes - 1);
  }
}
