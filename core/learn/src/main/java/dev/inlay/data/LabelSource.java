package dev.inlay.data;

import dev.inlay.image.LabelMap;

/** Label maps without their images, in any order. */
public interface LabelSource {
  /** The number of label maps; constant. */
  int size();

  /** The name of label map {@code index} for people, such as its file name. */
  String name(int index);

  /**
   * Reads or generates label map {@code index}; equal at every call.
   *
   * @throws dev.inlay.InlayException if a file is bad
   */
  LabelMap read(int index);
}
