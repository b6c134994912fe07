package dev.inlay.data;

import dev.inlay.InlayException;
import dev.inlay.image.Absent;
import dev.inlay.image.FolderListing;
import dev.inlay.image.ImageFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The images or the label maps of a folder by their names. */
final class FolderFiles {
  private static final Set<String> LABELS = Set.of("png");

  private FolderFiles() {}

  /** The images of a folder; a label map beside them, told by its suffix, is none. */
  static Map<String, Path> images(Path folder, Path labels, FileNaming naming) {
    String what = "images (%s)".formatted(ImageFolder.KINDS);
    String foreign = folder.normalize().equals(labels.normalize()) ? naming.labelSuffix() : "";
    return byName(folder, ImageFolder.ENDINGS, what, naming.imageSuffix(), foreign, naming);
  }

  static Map<String, Path> labels(Path folder, FileNaming naming) {
    return byName(folder, LABELS, "label maps (png)", naming.labelSuffix(), "", naming);
  }

  private static Map<String, Path> byName(
      Path folder,
      Set<String> endings,
      String what,
      String suffix,
      String foreign,
      FileNaming naming) {
    if (!Files.isDirectory(folder)) {
      throw new InlayException(
          "%s %s. Correct the path in %s, or put the %s there."
              .formatted(folder, notAFolder(folder), Dataset.DESCRIPTOR, what));
    }
    Map<String, Path> found = new TreeMap<>();
    for (Path file : files(folder, naming.nested())) {
      String fileName = String.valueOf(file.getFileName());
      String stem = stem(file);
      if (!ImageFolder.ends(fileName, endings)
          || !stem.endsWith(suffix)
          || (!foreign.isEmpty() && stem.endsWith(foreign))) {
        continue;
      }
      if (!Files.exists(file)) {
        throw new InlayException(Absent.message(file));
      }
      Path other = found.putIfAbsent(name(folder, file, suffix), file);
      if (other != null) {
        throw new InlayException(
            "%s and %s have the same name apart from the ending, so it is unclear which is meant. Remove one."
                .formatted(other, fileName));
      }
    }
    if (found.isEmpty()) {
      throw none(folder, endings, what, suffix, naming);
    }
    return found;
  }

  private static InlayException none(
      Path folder, Set<String> endings, String what, String suffix, FileNaming naming) {
    String wayOut = "Put them there, or correct the path in %s.".formatted(Dataset.DESCRIPTOR);
    if (!suffix.isEmpty()) {
      return new InlayException(
          "%s holds no %s whose names end with '%s'. Correct the suffix in %s, or the path."
              .formatted(folder, what, suffix, Dataset.DESCRIPTOR));
    }
    FolderListing listing = FolderListing.of(folder);
    if (!naming.nested() && listing.folders() > 0) {
      wayOut = wayOut + " Where they lie in folders of it, write nested: true.";
    }
    return endings.equals(LABELS)
        ? new InlayException("%s holds no %s. %s".formatted(folder, what, wayOut))
        : listing.noImages(wayOut);
  }

  private static List<Path> files(Path folder, boolean nested) {
    return nested ? FolderListing.withSubfolders(folder).images() : ImageFolder.files(folder);
  }

  /** The name of a file under which it is paired, with slashes on every system. */
  private static String name(Path folder, Path file, String suffix) {
    String stem = stem(file);
    String own = stem.substring(0, stem.length() - suffix.length());
    Path parent = folder.relativize(file).getParent();
    StringBuilder name = new StringBuilder();
    if (parent != null) {
      parent.forEach(each -> name.append(each).append('/'));
    }
    return name.append(own).toString();
  }

  private static String notAFolder(Path folder) {
    if (Files.exists(folder)) {
      return "is a file, not a folder";
    }
    return Files.isSymbolicLink(folder) ? Absent.link(folder) : "does not exist";
  }

  /** A file's name without its ending. */
  static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
