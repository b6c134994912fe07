package dev.inlay.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a split's files are: two folders, of which a list may choose; or a list of pairs of files.
 * Paths are absolute or relative to the dataset's folder.
 *
 * @param images the folder of images; null where the list names files
 * @param labels the folder of label maps; null where the list names files
 * @param list a text file with a name, or the two files, in each line; null for the whole folders
 * @param part which of these the split has; null for all
 */
public record SplitFiles(
    @Nullable Path images, @Nullable Path labels, @Nullable Path list, @Nullable Part part) {

  /** The same files, of which the split has only a part. */
  public SplitFiles only(Part share) {
    return new SplitFiles(images, labels, list, share);
  }

  /**
   * A part of all files: they are put into an order by a hash of seed and name, and cut at shares.
   *
   * @param name the split's name
   * @param from the share of the files that lie before the part, 0 to 1
   * @param to the share of the files that end with the part
   * @param before the number of parts before this one
   * @param parts the number of all parts, each of which has a file or more
   */
  public record Part(String name, double from, double to, long seed, int before, int parts) {}
}
