package dev.inlay.weights;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Default colours of classes. */
public final class ClassColors {

  private ClassColors() {}

  /**
   * Distinct colours for a number of classes as #rrggbb, those of PASCAL VOC's label maps: the bits
   * of the id, three at a time from the lowest, are the highest bits of red, green and blue.
   */
  public static List<String> distinct(int classes) {
    return IntStream.range(0, classes).mapToObj(ClassColors::color).toList();
  }

  private static String color(int id) {
    int red = 0;
    int green = 0;
    int blue = 0;
    int bit = 7;
    for (int rest = id; rest > 0; rest >>= 3) {
      red |= (rest & 1) << bit;
      green |= (rest >> 1 & 1) << bit;
      blue |= (rest >> 2 & 1) << bit;
      bit--;
    }
    return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
  }
}
