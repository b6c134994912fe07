package dev.inlay.image;

import dev.inlay.files.FileKind;
import dev.inlay.image.format.ImageBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells images from everything else in a folder; hidden files of the system are passed over. */
final class FolderWalk {
  private static final String LOOP = "a link to a folder that it lies in";

  private final Path root;
  private final boolean recursive;
  private final Optional<Path> except;
  private final List<Path> images = new ArrayList<>();
  private final Map<String, List<Path>> skipped = new TreeMap<>();

  /** The folders that lead to the current one, by which links that lead back are known. */
  private final Deque<Path> within = new ArrayDeque<>();

  private int folders;

  FolderWalk(Path root, boolean recursive, Optional<Path> except) {
    this.root = root;
    this.recursive = recursive;
    this.except = except.flatMap(FolderWalk::real);
  }

  FolderListing listing() {
    real(root).ifPresent(within::push);
    walk(root);
    images.sort(null);
    return new FolderListing(root, List.copyOf(images), skipped, folders);
  }

  private void walk(Path folder) {
    for (Path entry : ImageFolder.entries(folder)) {
      if (Files.isDirectory(entry)) {
        folder(entry);
      } else {
        file(entry);
      }
    }
  }

  private void folder(Path folder) {
    if (name(folder).startsWith(".")) {
      return;
    }
    Optional<Path> real = real(folder);
    if (!recursive) {
      folders++;
      skip("a folder", folder);
    } else if (real.isEmpty() || !Files.isReadable(folder)) {
      skip("a folder that may not be read", folder);
    } else if (real.equals(except)) {
      skip("the folder of the results", folder);
    } else if (within.contains(real.get())) {
      skip(LOOP, folder);
    } else {
      within.push(real.get());
      walk(folder);
      within.pop();
    }
  }

  private void file(Path file) {
    String name = name(file);
    boolean named = ImageFolder.ends(name, ImageFolder.ENDINGS);
    if (Files.isRegularFile(file)) {
      if (named) {
        images.add(file);
      } else if (!name.startsWith(".")) {
        skip(kind(file), file);
      } else if (ImageFolder.ends(name.substring(1), ImageFolder.ENDINGS)) {
        skip("hidden", file);
      }
    } else if (named && Files.isSymbolicLink(file) && !Files.exists(file)) {
      images.add(file);
    } else if (!name.startsWith(".")) {
      skip(
          Files.isSymbolicLink(file) && !Files.exists(file)
              ? "a link to nothing"
              : "neither a file nor a folder",
          file);
    }
  }

  /** What a file is whose name is not an image's. */
  private static String kind(Path file) {
    try (ImageBytes bytes = ImageBytes.open(file)) {
      return bytes
          .kind(file)
          .filter(FileKind::picture)
          .map(
              kind ->
                  kind.isReadAsImage()
                      ? "%s by its content, but not by its name".formatted(kind.what())
                      : "%s, which is not read".formatted(kind.what()))
          .orElse("no image");
    } catch (IOException e) {
      return "no image";
    }
  }

  private void skip(String reason, Path path) {
    skipped.computeIfAbsent(reason, key -> new ArrayList<>()).add(path);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static Optional<Path> real(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
