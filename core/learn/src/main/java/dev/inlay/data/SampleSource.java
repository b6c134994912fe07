package dev.inlay.data;

/** Labelled images in any order, for several threads at once. */
public interface SampleSource {
  /** The number of samples; constant. */
  int size();

  /** The name of sample {@code index} for people, such as its file name. */
  String name(int index);

  /**
   * Reads or generates sample {@code index}; equal at every call.
   *
   * @throws dev.inlay.InlayException if a file is bad
   */
  LabelledImage read(int index);
}
