package dev.inlay.weights;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A safetensors file open for reading.
 *
 * <p>Opening reads and checks the header alone. Each tensor's bytes are then copied straight into
 * the caller's buffer, so reading a model takes no memory beyond that one buffer. The file is not
 * mapped: mapped pages would count as resident memory, the whole model a second time.
 *
 * <p>Several threads may read from one open file at once.
 */
public final class Safetensors implements AutoCloseable {
  // A multiple of every number's width, so that no number lies across two pieces.
  private static final int PIECE_BYTES = 1 << 16;

  private final Path path;
  private final FileChannel channel;
  private final SafetensorsHeader header;

  private Safetensors(Path path, FileChannel channel, SafetensorsHeader header) {
    this.path = path;
    this.channel = channel;
    this.header = header;
  }

  /**
   * One tensor of a file.
   *
   * @param tensor its name, number format and shape
   * @param offset where its first byte lies, counted from the start of the file
   */
  public record Entry(TensorInfo tensor, long offset) {
    public String name() {
      return tensor.name();
    }

    public TensorType type() {
      return tensor.type();
    }

    /** Its dimensions, outermost first; empty for a single number. */
    public List<Long> shape() {
      return tensor.shape();
    }

    /** The bytes it takes in the file, which may exceed what one buffer holds. */
    public long bytes() {
      return tensor.bytes();
    }
  }

  /**
   * Opens a file and checks its whole header.
   *
   * @throws InlayException if the file is not there, cannot be read, or breaks a rule of the
   *     format: header length, JSON, number formats, shapes, offsets, size
   */
  public static Safetensors open(Path path) {
    if (Files.isDirectory(path)) {
      throw new InlayException(
          path + " is a folder, not a safetensors file. Give the path of the file itself.");
    }
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return new Safetensors(path, channel, SafetensorsHeader.read(path, channel));
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

  /** The file's path, as it was given to {@link #open}. */
  public Path path() {
    return path;
  }

  /** The texts under {@code __metadata__}, in the file's order; empty where it has none. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** The tensors by name, in the order in which the header lists them. */
  public Map<String, Entry> entries() {
    return header.entries();
  }

  /**
   * Returns the tensor of that name.
   *
   * @throws InlayException if the file has none
   */
  public Entry entry(String name) {
    Entry entry = entries().get(name);
    if (entry == null) {
      throw new InlayException(
          "%s has no tensor %s among its %d. Check the name, or use another file."
              .formatted(path, Text.quoted(name), entries().size()));
    }
    return entry;
  }

  /**
   * Copies all bytes of a tensor, little-endian as they lie in the file, into a buffer from its
   * position on; the position moves behind them.
   *
   * @param target best a direct buffer, which the system fills without another copy
   * @throws IllegalArgumentException if the buffer has too little room
   * @throws InlayException if the tensor is larger than any buffer (2 GB), or reading fails
   */
  public void read(Entry entry, ByteBuffer target) {
    if (entry.bytes() > Integer.MAX_VALUE) {
      throw tooLarge(entry);
    }
    requireRoom(entry, entry.bytes(), target.remaining());
    int limit = target.limit();
    target.limit(target.position() + (int) entry.bytes());
    try {
      read(entry, 0, target);
    } finally {
      target.limit(limit);
    }
  }

  /**
   * Fills a buffer with the bytes of a tensor that begin at its byte {@code from}, for tensors that
   * are read in pieces.
   *
   * @throws IllegalArgumentException if the buffer takes more bytes than the tensor has after
   *     {@code from}, or the tensor is not of this file
   * @throws InlayException if reading fails
   */
  public void read(Entry entry, long from, ByteBuffer target) {
    if (!entry.equals(entries().get(entry.name()))) {
      throw new IllegalArgumentException("The tensor " + entry.tensor() + " is not of " + path);
    }
    if (from < 0 || target.remaining() > entry.bytes() - from) {
      throw new IllegalArgumentException(
          "The tensor %s ends before %d bytes from byte %d on"
              .formatted(entry.tensor(), target.remaining(), from));
    }
    long position = entry.offset() + from;
    try {
      while (target.hasRemaining()) {
        int count = channel.read(target, position);
        if (count < 0) {
          throw new InlayException(
              ("%s ended inside the tensor %s: it was shortened while it was being read. "
                      + "Fetch it again.")
                  .formatted(path, Text.quoted(entry.name())));
        }
        position += count;
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * Reads a tensor of floating-point numbers of any width as floats; F64 is rounded.
   *
   * @param target takes the numbers from its position on; the position moves behind them
   * @throws IllegalArgumentException if the buffer has too little room
   * @throws InlayException if the tensor holds whole numbers, or reading fails
   */
  public void readFloats(Entry entry, FloatBuffer target) {
    requireKind(entry, true);
    requireRoom(entry, entry.tensor().elements(), target.remaining());
    inPieces(entry, numbers -> target.put(entry.type().nextFloat(numbers)));
  }

  /**
   * Returns a tensor of floating-point numbers of any width as floats; F64 is rounded.
   *
   * @throws InlayException if the tensor holds whole numbers or more numbers than an array, or
   *     reading fails
   */
  public float[] floats(Entry entry) {
    requireKind(entry, true);
    float[] floats = new float[arrayLength(entry)];
    readFloats(entry, FloatBuffer.wrap(floats));
    return floats;
  }

  /**
   * Returns a tensor of whole numbers of any width as longs; BOOL as 0 and 1.
   *
   * @throws InlayException if the tensor holds floating-point numbers or more numbers than an
   *     array, or reading fails
   */
  public long[] longs(Entry entry) {
    requireKind(entry, false);
    long[] longs = new long[arrayLength(entry)];
    LongBuffer target = LongBuffer.wrap(longs);
    inPieces(entry, numbers -> target.put(entry.type().nextLong(numbers)));
    return longs;
  }

  /** Closes the file; its entries can be looked at, but no longer read. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private void inPieces(Entry entry, Consumer<ByteBuffer> takeNumber) {
    long bytes = entry.bytes();
    ByteBuffer piece =
        ByteBuffer.allocate((int) Math.min(PIECE_BYTES, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    for (long from = 0; from < bytes; from += piece.limit()) {
      piece.clear().limit((int) Math.min(piece.capacity(), bytes - from));
      read(entry, from, piece);
      piece.flip();
      while (piece.hasRemaining()) {
        takeNumber.accept(piece);
      }
    }
  }

  private void requireKind(Entry entry, boolean floating) {
    if (entry.type().floating() != floating) {
      throw new InlayException(
          "%s: the tensor %s has numbers of the type %s, but %s are needed here. Use another file."
              .formatted(
                  path,
                  Text.quoted(entry.name()),
                  entry.type(),
                  floating ? "floating-point numbers" : "whole numbers"));
    }
  }

  private int arrayLength(Entry entry) {
    // Some virtual machines refuse the very last lengths.
    if (entry.tensor().elements() > Integer.MAX_VALUE - 8) {
      throw tooLarge(entry);
    }
    return (int) entry.tensor().elements();
  }

  private InlayException tooLarge(Entry entry) {
    return new InlayException(
        "%s: the tensor %s takes %d bytes, too many to be read at once. Read it in pieces."
            .formatted(path, Text.quoted(entry.name()), entry.bytes()));
  }

  private static void requireRoom(Entry entry, long needed, int room) {
    if (room < needed) {
      throw new IllegalArgumentException(
          "The tensor %s needs room for %d, the buffer has %d"
              .formatted(entry.tensor(), needed, room));
    }
  }

  private static InlayException unreadable(Path path, IOException cause) {
    return new InlayException(
        "%s cannot be read: %s. Check the file and its permissions."
            .formatted(path, Text.reason(cause)),
        cause);
  }
}
