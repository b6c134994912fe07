package dev.inlay.cli.score;

import dev.inlay.InlayException;
import dev.inlay.cli.common.Failures;
import dev.inlay.image.Absent;
import dev.inlay.image.FolderListing;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The images that are to be segmented, those of folders among them.
 *
 * @param all each with its own results: where two have one name, the later one's gets a number
 * @param faults a message for each image whose results cannot have a name
 * @param notes what the folders hold besides
 */
record Targets(List<Target> all, List<String> faults, List<String> notes) {

  /**
   * Finds the images.
   *
   * @param recursive whether to enter the folders in a folder; their results then keep them
   * @throws InlayException if a folder holds no image, or a result would replace an image
   */
  static Targets of(List<Path> images, Path out, boolean recursive) {
    Finding finding = new Finding(out);
    images.forEach(image -> finding.add(image, recursive));
    return finding.targets();
  }

  /** An image and the folder, within that of the results, where its results go. */
  private record Found(Path image, String folder) {}

  /** Collects the images first: a result must not replace any of them. */
  private static final class Finding {
    private final Path out;
    private final List<Found> found = new ArrayList<>();
    private final Set<Path> sources = new HashSet<>();
    private final Set<String> taken = new HashSet<>();
    private final List<String> notes = new ArrayList<>();

    Finding(Path out) {
      this.out = out;
    }

    void add(Path image, boolean recursive) {
      if (!Files.isDirectory(image)) {
        add(new Found(image, ""));
        return;
      }
      FolderListing listing =
          recursive ? FolderListing.withSubfolders(image, out) : FolderListing.of(image);
      if (listing.images().isEmpty()) {
        throw listing.noImages(
            listing.folders() > 0
                ? "Give --recursive to enter its folders, or name a folder of images."
                : "Name a folder of images.");
      }
      listing.skippedMessage().ifPresent(notes::add);
      for (Path file : listing.images()) {
        Path parent = image.relativize(file).getParent();
        add(new Found(file, parent == null ? "" : parent + "/"));
      }
    }

    private void add(Found image) {
      found.add(image);
      sources.add(image.image.toAbsolutePath().normalize());
    }

    Targets targets() {
      List<Target> targets = new ArrayList<>();
      List<String> faults = new ArrayList<>();
      for (Found each : found) {
        try {
          targets.add(target(each));
        } catch (InvalidPathException e) {
          faults.add("%s: %s".formatted(each.image, Failures.fileName(e)));
        }
      }
      return new Targets(targets, faults, notes);
    }

    private Target target(Found each) {
      String name = free(each.folder + stem(each.image));
      Path labels = out.resolve(name + "_labels.png");
      Path overlay = out.resolve(name + "_overlay.png");
      for (Path result : List.of(labels, overlay)) {
        if (sources.contains(result.toAbsolutePath().normalize())) {
          throw new InlayException(
              "The result for %s would replace the image %s. Give --out another folder."
                  .formatted(each.image, result));
        }
      }
      return new Target(each.image, labels, overlay);
    }

    /** Names that differ in case or in the form of their letters are one name on some systems. */
    private String free(String stem) {
      String name = stem;
      for (int i = 2; !taken.add(Absent.letters(name).toLowerCase(Locale.ROOT)); i++) {
        name = stem + "-" + i;
      }
      return name;
    }
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
