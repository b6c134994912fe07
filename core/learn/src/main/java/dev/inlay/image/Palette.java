package dev.inlay.image;

/** The colours and names in which label ids are shown, from id 0 on. */
public interface Palette {

  /** How many ids have a colour. */
  int size();

  /** The colour of an id as 0xRRGGBB. */
  int color(int id);

  /** What people call an id. */
  String name(int id);
}
