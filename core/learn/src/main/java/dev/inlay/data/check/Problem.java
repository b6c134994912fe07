package dev.inlay.data.check;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one file, or with two that belong together.
 *
 * @param file the file, or null if it is about several
 * @param message one sentence or more for people
 */
public record Problem(Kind kind, @Nullable Path file, String message) {

  /** The kinds of problems, from those that end a training to those that deserve a look. */
  public enum Kind {
    /** A split whose files cannot be listed. */
    SPLIT(true, "splits that cannot be listed"),
    /** An image without label map, or the other way round. */
    PARTNER(true, "files without a partner"),
    /** A file that cannot be read. */
    FILE(true, "files that cannot be read"),
    /** An image and a label map of different sizes. */
    SIZE(true, "label maps of another size than their image"),
    /** Ids or colours that are no class. */
    LABEL(true, "label maps with values that are no class"),
    /** A palette that gives ids the colours of other classes. */
    PALETTE(true, "palettes that contradict dataset.yaml"),
    /** The same pixels in two splits. */
    DUPLICATE(false, "images with the same pixels in two splits"),
    /** An image of one colour. */
    FLAT(false, "images of one colour"),
    /** A label map without a counted pixel, which makes a mean over counted pixels NaN. */
    IGNORED(false, "label maps whose pixels are all ignored"),
    /** An orientation tag, which other programs may pass over. */
    ORIENTATION(false, "images with an orientation tag");

    private final boolean serious;
    private final String plural;

    Kind(boolean serious, String plural) {
      this.serious = serious;
      this.plural = plural;
    }

    /** Whether a training ends with it. */
    public boolean serious() {
      return serious;
    }

    /** The kind in words, for several. */
    public String plural() {
      return plural;
    }
  }
}
