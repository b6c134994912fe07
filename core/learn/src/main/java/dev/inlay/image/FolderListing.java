package dev.inlay.image;

import dev.inlay.InlayException;
import dev.inlay.files.FileKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of a folder, and what else lies in it.
 *
 * @param images sorted; a link to nothing with an image's name is among them, because it should be
 *     one
 * @param skipped files and folders that are not read, by the reason, such as "no image"
 * @param folders how many of the skipped are folders
 */
public record FolderListing(
    Path folder, List<Path> images, Map<String, List<Path>> skipped, int folders) {
  private static final int MOST_NAMES = 5;

  /** Lists the files of a folder without its subfolders. */
  public static FolderListing of(Path folder) {
    return new FolderWalk(folder, false, Optional.empty()).listing();
  }

  /** Lists the files of a folder and of all folders in it. */
  public static FolderListing withSubfolders(Path folder) {
    return new FolderWalk(folder, true, Optional.empty()).listing();
  }

  /**
   * Lists the files of a folder and of all folders in it.
   *
   * @param except a folder that is not entered, such as that of the results
   */
  public static FolderListing withSubfolders(Path folder, Path except) {
    return new FolderWalk(folder, true, Optional.of(except)).listing();
  }

  /** What is skipped, counted and named with the reasons, as a message; empty if nothing is. */
  public Optional<String> skippedMessage() {
    return skipped.isEmpty()
        ? Optional.empty()
        : Optional.of("%s: %s.".formatted(folder, skippedWords()));
  }

  /**
   * What is thrown where a folder of images is needed and this one holds none.
   *
   * @param wayOut what to do instead
   */
  public InlayException noImages(String wayOut) {
    Optional<FileKind> kind = FileKind.of(folder);
    if (kind.isPresent()) {
      return new InlayException(kind.get().imageMessage(folder));
    }
    String found = skipped.isEmpty() ? "" : "; %s".formatted(skippedWords());
    return new InlayException(
        "%s holds no images (%s)%s. %s".formatted(folder, ImageFolder.KINDS, found, wayOut));
  }

  private String skippedWords() {
    int count = skipped.values().stream().mapToInt(List::size).sum();
    List<String> groups =
        skipped.entrySet().stream()
            .map(group -> "%s (%s)".formatted(names(group.getValue()), group.getKey()))
            .toList();
    return "%d skipped: %s".formatted(count, String.join(", ", groups));
  }

  private String names(List<Path> files) {
    List<String> names =
        files.stream().limit(MOST_NAMES).map(file -> folder.relativize(file).toString()).toList();
    int more = files.size() - names.size();
    return String.join(", ", names) + (more == 0 ? "" : " and %d more".formatted(more));
  }
}
