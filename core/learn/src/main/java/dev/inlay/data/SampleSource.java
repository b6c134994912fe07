package dev.inlay.data;

/** Labelled images that can be read in any order, by several threads at once. */
public interface SampleSource {
  /** How many there are; never changes. */
  int size();

  /** What people call sample {@code index}, such as its file's name. */
  String name(int index);

  /**
   * Reads or makes sample {@code index}: the same one every time.
   *
   * @throws dev.inlay.InlayException if a file is bad
   */
  LabelledImage read(int index);
}
