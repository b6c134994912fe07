package dev.inlay.image;

import java.nio.file.Path;
import java.util.List;

/**
 * A label map with the palette of its file.
 *
 * @param labels the values of a grey PNG, or the indices of a PNG with a palette
 * @param palette the colours 0xRRGGBB by index; empty for a grey PNG
 */
public record StoredLabels(LabelMap labels, List<Integer> palette) {
  /** Keeps a copy of the palette. */
  public StoredLabels {
    palette = List.copyOf(palette);
  }

  /**
   * Reads a label map as {@link LabelMap#read}, and its palette.
   *
   * @throws dev.inlay.InlayException as {@link LabelMap#read}
   */
  public static StoredLabels read(Path file) {
    return LabelFile.readStored(file);
  }

  /**
   * Reads a label map whose colours are the labels: a PNG in colour, grey or with a palette, of at
   * most 8 bits per channel. Transparency is left out.
   *
   * @throws dev.inlay.InlayException that names the file if it is missing, a folder, empty, not a
   *     PNG, damaged, or deeper than 8 bits
   */
  public static RgbImage readColors(Path file) {
    return LabelFile.readColors(file);
  }
}
