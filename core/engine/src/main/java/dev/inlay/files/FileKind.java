package dev.inlay.files;

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
 * What a file is, known by its first bytes; where these say nothing, by its name or its last bytes.
 * Whatever Inlay meets in the place of an image or of weights is named from here.
 *
 * @param what its kind with the article, such as {@code an HDF5 file}
 * @param picture whether it is an image, of a format that is read or not
 * @param format the name that ImageIO gives the format, if images of it are read; else empty
 * @param forWeights what to do where weights are needed, in sentences
 * @param forImages what to do where an image is needed, in sentences
 */
public record FileKind(
    String what, boolean picture, String format, String forWeights, String forImages) {

  /** How many bytes from the start of a file tell its kind. */
  public static final int START_BYTES = 512;

  /** How many bytes from the end of a file tell its kind. */
  public static final int END_BYTES = 26;

  /** A kind that is no image, with one way out wherever it is met. */
  public FileKind(String what, String wayOut) {
    this(what, wayOut, wayOut);
  }

  /** A kind that is no image. */
  public FileKind(String what, String forWeights, String forImages) {
    this(what, false, "", forWeights, forImages);
  }

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
      Optional<FileKind> kind = ofStart(bytes(file, 0, START_BYTES), path);
      return kind.isPresent()
          ? kind
          : ofEnd(bytes(file, Math.max(0, file.size() - END_BYTES), END_BYTES));
    } catch (IOException e) {
      return Optional.empty(); // The caller names why the file can't be read.
    }
  }

  /**
   * The kind that a file's first bytes tell, or else its name.
   *
   * @param start the first {@link #START_BYTES} bytes, or all if there are fewer
   */
  public static Optional<FileKind> ofStart(byte[] start, Path path) {
    return FirstBytes.kind(new FileStart(start, name(path))).or(() -> named(path));
  }

  /**
   * The kind that a file's last bytes tell.
   *
   * @param end the last {@link #END_BYTES} bytes, or all if there are fewer
   */
  public static Optional<FileKind> ofEnd(byte[] end) {
    return LastBytes.kind(end);
  }

  /** The kind of a zip file without a PyTorch checkpoint, by the names of its entries. */
  public static FileKind ofZip(Collection<String> entries) {
    return ZipKinds.of(entries);
  }

  /** The kind that a file's name alone tells; empty if it is unknown. */
  public static Optional<FileKind> named(Path path) {
    return FileNames.kind(name(path));
  }

  /** The bytes from a place on, up to a number. */
  private static byte[] bytes(FileChannel file, long from, int most) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(most);
    while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
      // Continues until the buffer is full or the file ends.
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
  }

  /** Whether images of this kind are read. */
  public boolean isReadAsImage() {
    return !format.isEmpty();
  }

  /**
   * The message of an opener of weights.
   *
   * @param path the file
   * @param wanted the kind that the opener reads, such as {@code a safetensors file}
   */
  public String weightsMessage(Path path, String wanted) {
    return "%s is %s, not %s. %s".formatted(path, what, wanted, forWeights);
  }

  /** The message of a reader of images for a file that it does not read. */
  public String imageMessage(Path path) {
    String but = picture ? "which is not read" : "not an image that can be read";
    return "%s is %s, %s. %s".formatted(path, what, but, forImages);
  }
}
