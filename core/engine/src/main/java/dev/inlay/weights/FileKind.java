package dev.inlay.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file is that is none of those that Inlay reads, known by its first bytes; where these say
 * nothing, by its last ones or its name.
 *
 * @param what its kind with the article, such as {@code an HDF5 file}
 * @param wayOut what to do instead, in sentences
 */
public record FileKind(String what, String wayOut) {

  /** The bytes from the start that are looked at. */
  static final int START_BYTES = 512;

  /**
   * The kind of a file or folder; empty if it is unknown or can't be read. Only regular files are
   * opened.
   */
  public static Optional<FileKind> of(Path path) {
    if (Files.isDirectory(path)) {
      return FolderKinds.of(path);
    }
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      byte[] start = bytes(file, 0);
      byte[] end = bytes(file, Math.max(0, file.size() - LastBytes.COUNT));
      return FirstBytes.kind(new FirstBytes.Start(start, name(path)))
          .or(() -> FileNames.kind(name(path)))
          .or(() -> LastBytes.kind(end));
    } catch (IOException e) {
      return Optional.empty(); // The caller names why the file can't be read.
    }
  }

  /** The bytes from a place on, up to {@link #START_BYTES}. */
  private static byte[] bytes(FileChannel file, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(START_BYTES);
    while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
      // Continues until the buffer is full or the file ends.
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** The kind of a zip file without a PyTorch checkpoint, by the names of its entries. */
  public static FileKind ofZip(Collection<String> entries) {
    return ZipKinds.of(entries);
  }

  /** The kind that a file's name alone tells; empty if it is unknown. */
  public static Optional<FileKind> named(Path path) {
    return FileNames.kind(name(path));
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
  }

  /**
   * The message of an opener.
   *
   * @param path the file
   * @param wanted the kind that the opener reads, such as {@code a safetensors file}
   */
  public String message(Path path, String wanted) {
    return "%s is %s, not %s. %s".formatted(path, what, wanted, wayOut);
  }
}
