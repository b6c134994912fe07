package dev.inlay.image;

/** The names and colours of label ids in pictures, from id 0 on. */
public interface Palette {

  /** The number of ids with a colour. */
  int size();

  /** The colour of an id as 0xRRGGBB. */
  int color(int id);

  /** The name of an id. */
  String name(int id);
}
