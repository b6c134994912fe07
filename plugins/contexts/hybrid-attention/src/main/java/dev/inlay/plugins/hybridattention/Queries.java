package dev.inlay.plugins.hybridattention;

/** What asks in region shuffle attention. */
public enum Queries {
  /** The means of the groups; their results are spread over the groups. */
  TOKEN,
  /** Every pixel. */
  PIXEL
}
