package dev.inlay.weights;

import dev.inlay.InlayException;
import dev.inlay.files.FileKind;
import dev.inlay.files.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A safetensors file that is open for reading.
 *
 * <p>Opening reads and checks the header alone. The file is not mapped, because mapped pages would
 * count as resident memory, a second time for the whole model.
 */
public final class Safetensors implements TensorFile {
  private static final String WANTED = "a safetensors file";

  private final Path path;
  private final FileChannel channel;
  private final SafetensorsHeader header;
  private final Map<String, TensorInfo> tensors;

  private Safetensors(Path path, FileChannel channel, SafetensorsHeader header) {
    this.path = path;
    this.channel = channel;
    this.header = header;
    Map<String, TensorInfo> listed = new LinkedHashMap<>();
    header.entries().forEach((name, entry) -> listed.put(name, entry.tensor()));
    tensors = Collections.unmodifiableMap(listed);
  }

  /**
   * Opens a file and checks its whole header.
   *
   * @throws InlayException if the file does not exist, cannot be read, or violates the format:
   *     header length, JSON, number formats, shapes, offsets, size
   */
  public static Safetensors open(Path path) {
    requireFile(path);
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return new Safetensors(path, channel, header(path, channel));
      } catch (IOException | RuntimeException | Error e) {
        channel.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new InlayException(path + " does not exist. Give the path of a safetensors file.", e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static void requireFile(Path path) {
    if (Files.isDirectory(path)) {
      throw new InlayException(
          FileKind.of(path)
              .orElse(new FileKind("a folder", "Give the path of the file itself."))
              .weightsMessage(path, WANTED));
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      // Opening a pipe would wait for its other end.
      throw new InlayException(
          "%s is a pipe, a device or a socket. Give the path of a regular file.".formatted(path));
    }
  }

  /** The header, or else the kind of the file where it is known. */
  private static SafetensorsHeader header(Path path, FileChannel channel) throws IOException {
    try {
      return SafetensorsHeader.read(path, channel);
    } catch (InlayException e) {
      Optional<FileKind> other =
          SafetensorsHeader.begins(channel) ? Optional.empty() : FileKind.of(path);
      throw other.isPresent() ? new InlayException(other.get().weightsMessage(path, WANTED), e) : e;
    }
  }

  @Override
  public Path path() {
    return path;
  }

  /** The texts under {@code __metadata__} in the file's order, or an empty map. */
  @Override
  public Map<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public Map<String, TensorInfo> tensors() {
    return tensors;
  }

  /** The offset of a tensor's first byte from the start of the file. */
  long offset(TensorInfo tensor) {
    SafetensorsHeader.Entry entry = header.entries().get(tensor.name());
    if (entry == null || !entry.tensor().equals(tensor)) {
      throw new IllegalArgumentException("The tensor " + tensor + " is not in " + path + ".");
    }
    return entry.offset();
  }

  @Override
  public void read(TensorInfo tensor, long from, ByteBuffer target) {
    long offset = offset(tensor);
    if (from < 0 || target.remaining() > tensor.bytes() - from) {
      throw new IllegalArgumentException(
          "The tensor %s ends before %d bytes from byte %d on"
              .formatted(tensor, target.remaining(), from));
    }
    long position = offset + from;
    try {
      while (target.hasRemaining()) {
        int count = channel.read(target, position);
        if (count < 0) {
          throw new InlayException(
              ("%s ended inside the tensor %s: it was shortened while it was being read. "
                      + "Fetch it again.")
                  .formatted(path, Text.quoted(tensor.name())));
        }
        position += count;
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static InlayException unreadable(Path path, IOException cause) {
    return new InlayException(
        "%s cannot be read: %s. Check the file and its permissions."
            .formatted(path, Reason.of(cause)),
        cause);
  }
}
