package dev.inlay.data;

import dev.inlay.image.LabelMap;

/** Label maps without their images, which can be read in any order. */
public interface LabelSource {
  /** How many there are; never changes. */
  int size();

  /** What people call label map {@code index}, such as its file's name. */
  String name(int index);

  /**
   * Reads or makes label map {@code index}: the same one every time.
   *
   * @throws dev.inlay.InlayException if a file is bad
   */
  LabelMap read(int index);
}
