package dev.inlay.cli.doctor;

import java.util.Locale;

/** Sizes of memory and of files in words. */
final class Sizes {

  private static final double GIB = 1L << 30;

  private Sizes() {}

  /** A number of bytes in GiB, with one digit. */
  static String of(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / GIB);
  }
}
