package dev.inlay.files;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes a folder of text files whole or not at all: into a temporary folder beside it, which is
 * then moved.
 */
public final class WholeFolder {

  private WholeFolder() {}

  /**
   * Writes a new folder; its parents are created.
   *
   * @param files texts by their paths from the folder, with / between names
   * @throws InlayException if the folder has files already, or the system refuses
   */
  public static void write(Path folder, Map<String, String> files) {
    Path place = folder.toAbsolutePath().normalize();
    Path parent = place.getParent();
    if (parent == null) {
      throw new InlayException("%s cannot be made anew. Name another folder.".formatted(folder));
    }
    requireEmpty(folder);
    Folders.make(parent);
    Path draft = parent.resolve(".inlay-" + UUID.randomUUID() + ".tmp");
    try {
      try {
        for (Map.Entry<String, String> file : files.entrySet()) {
          Path path = draft.resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.writeString(path, file.getValue());
        }
        Files.deleteIfExists(place); // An empty one.
        Files.move(draft, place);
      } finally {
        delete(draft);
      }
    } catch (IOException e) {
      throw new InlayException(
          "%s could not be made: %s. Check the space and your permissions in %s, or name another folder."
              .formatted(folder, Reason.of(e), parent),
          e);
    }
  }

  private static void requireEmpty(Path folder) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
      if (found.iterator().hasNext()) {
        throw new InlayException(
            "The folder %s has files already, and nothing in it is replaced. Name another folder, or empty it."
                .formatted(folder));
      }
    } catch (NoSuchFileException e) {
      // It will be made.
    } catch (NotDirectoryException e) {
      throw new InlayException(
          "%s is a file, but a folder is to be made there. Name another folder.".formatted(folder),
          e);
    } catch (IOException e) {
      throw new InlayException(
          "The folder %s cannot be read: %s. Check your permissions, or name another folder."
              .formatted(folder, Reason.of(e)),
          e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure)
              throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
