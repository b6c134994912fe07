package dev.inlay.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Colours for classes without one. The first eight can be told apart by people who see no red or no
 * green: they are those of Okabe and Ito, Color Universal Design (2008), with dark grey for black.
 * More classes have darker and lighter ones of them.
 */
public final class ClassColors {
  private static final int[] BASE = {
    0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0x0072b2, 0xd55e00, 0xcc79a7, 0x444444
  };

  private ClassColors() {}

  /** The colour of a number, from 0; the first 256 differ. */
  public static int of(int index) {
    int level = index / BASE.length;
    int base = BASE[index % BASE.length];
    if (level == 0) {
      return base;
    }
    // Alternately towards black and white, by ever new shares between 0 and 0.8.
    double share = 0.8 * halves((level + 1) / 2);
    int end = level % 2 == 1 ? 0 : 255;
    int color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = base >> shift & 255;
      color |= (int) Math.round(from + share * (end - from)) << shift;
    }
    return color;
  }

  /** 1/2, 1/4, 3/4, 1/8, ...: van der Corput's sequence from 1 on. */
  private static double halves(int number) {
    double value = 0;
    double digit = 0.5;
    for (int rest = number; rest > 0; rest >>= 1, digit /= 2) {
      value += (rest & 1) * digit;
    }
    return value;
  }

  /** The given colours, and others in the place of those that are not given. */
  static List<Integer> filled(List<@Nullable Integer> given) {
    Set<Integer> taken = new HashSet<>();
    given.stream().filter(Objects::nonNull).forEach(taken::add);
    List<Integer> filled = new ArrayList<>();
    int next = 0;
    for (Integer color : given) {
      if (color == null) {
        while (!taken.add(of(next))) {
          next++;
        }
        filled.add(of(next));
      } else {
        filled.add(color);
      }
    }
    return filled;
  }
}
