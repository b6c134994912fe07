package dev.inlay.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;
import java.util.stream.Stream;

/** Why there is nothing under a path: a link to nothing, a name in other characters, or nothing. */
public final class Absent {
  private static final int MOST_LINKS = 40;
  private static final char UNREADABLE = '\uFFFD';

  private Absent() {}

  /** The message for a path under which there is nothing. */
  public static String message(Path path) {
    if (Files.isSymbolicLink(path)) {
      return "%s %s. Restore what it points to, or remove the link.".formatted(path, link(path));
    }
    if (path.toString().indexOf(UNREADABLE) >= 0) {
      return "%s does not exist. A name with %s is not UTF-8, so that it cannot be given; give its folder instead."
          .formatted(path, UNREADABLE);
    }
    Optional<Path> twin = twin(path);
    if (twin.isPresent()) {
      return "%s does not exist, but its folder holds a file of the same letters in other characters (%s). Give the folder, or rename the file."
          .formatted(path, forms(path, twin.get()));
    }
    return "%s does not exist. Check the path.".formatted(path);
  }

  /** What a link to nothing points to, in words that follow its name. */
  public static String link(Path link) {
    Path target = link;
    try {
      for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(target); i++) {
        target = target.resolveSibling(Files.readSymbolicLink(target));
      }
    } catch (IOException e) {
      return "is a link that cannot be read";
    }
    return Files.isSymbolicLink(target)
        ? "is a link that leads back to itself"
        : "is a link to %s, which does not exist".formatted(target.normalize());
  }

  /** A name's letters in one form of Unicode, whichever the system writes (NFC or NFD). */
  public static String letters(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /** How two names of the same letters differ. */
  public static String forms(Path one, Path other) {
    return "%s is in %s, %s is in %s"
        .formatted(one.getFileName(), form(one), other.getFileName(), form(other));
  }

  private static String form(Path path) {
    String name = String.valueOf(path.getFileName());
    if (Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
      return "NFC";
    }
    return Normalizer.isNormalized(name, Normalizer.Form.NFD) ? "NFD" : "neither NFC nor NFD";
  }

  private static Optional<Path> twin(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return Optional.empty();
    }
    String letters = letters(String.valueOf(path.getFileName()));
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> letters(String.valueOf(file.getFileName())).equals(letters))
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
