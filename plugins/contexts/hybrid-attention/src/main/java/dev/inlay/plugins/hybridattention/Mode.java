package dev.inlay.plugins.hybridattention;

/** The order of the two attentions of region shuffle attention. */
public enum Mode {
  /** Both read the map. */
  PARALLEL,
  /** The second reads the map with the first's result. */
  SEQUENTIAL
}
