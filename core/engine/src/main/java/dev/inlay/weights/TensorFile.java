package dev.inlay.weights;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A file of named tensors in any format, open for reading.
 *
 * <p>Opening reads the tensors' descriptions alone. Their numbers are read directly into the
 * caller's buffers, so that reading a model takes no other memory. Several threads may read from
 * one open file at once.
 */
public interface TensorFile extends AutoCloseable {

  /** The file's path, as given to open it. */
  Path path();

  /** The texts beside the tensors in the file's order, or an empty map. */
  Map<String, String> metadata();

  /** The tensors by name, in the file's order. */
  Map<String, TensorInfo> tensors();

  /**
   * Fills a buffer with a tensor's bytes from byte {@code from} on: numbers in row-major order,
   * little-endian.
   *
   * @param from a multiple of the size of a number in bytes
   * @param target the buffer, which is filled completely; a direct buffer avoids another copy
   * @throws IllegalArgumentException if the buffer has more room than the tensor has bytes after
   *     {@code from}, or the tensor is not in this file
   * @throws InlayException if reading fails
   */
  void read(TensorInfo tensor, long from, ByteBuffer target);

  /** Closes the file; names, types and shapes of the tensors stay available. */
  @Override
  void close();

  /**
   * The tensor with a name.
   *
   * @throws InlayException if the file has none
   */
  default TensorInfo tensor(String name) {
    TensorInfo tensor = tensors().get(name);
    if (tensor == null) {
      throw new InlayException(
          "%s has no tensor %s among its %d. Check the name, or use another file."
              .formatted(path(), Text.quoted(name), tensors().size()));
    }
    return tensor;
  }

  /**
   * Reads all bytes of a tensor into a buffer at its position, which advances.
   *
   * @throws IllegalArgumentException if the buffer has too little room
   * @throws InlayException if the tensor is larger than any buffer (2 GB), or reading fails
   */
  default void read(TensorInfo tensor, ByteBuffer target) {
    if (tensor.bytes() > Integer.MAX_VALUE) {
      throw tooLarge(tensor);
    }
    requireRoom(tensor, tensor.bytes(), target.remaining());
    int limit = target.limit();
    target.limit(target.position() + (int) tensor.bytes());
    try {
      read(tensor, 0, target);
    } finally {
      target.limit(limit);
    }
  }

  /**
   * Writes all bytes of a tensor to a channel.
   *
   * @param piece the buffer for the transfer; best a direct buffer that is shared by all tensors
   */
  default void copy(TensorInfo tensor, WritableByteChannel to, ByteBuffer piece)
      throws IOException {
    long bytes = tensor.bytes();
    // A multiple of the size of every number.
    int most = piece.capacity() / Long.BYTES * Long.BYTES;
    for (long from = 0; from < bytes; from += piece.limit()) {
      piece.clear().limit((int) Math.min(most, bytes - from));
      read(tensor, from, piece);
      to.write(piece.flip());
    }
  }

  /**
   * Reads a tensor of floating-point numbers of any width as floats; F64 is rounded.
   *
   * @param target the buffer for the numbers at its position, which advances
   * @throws IllegalArgumentException if the buffer has too little room
   * @throws InlayException if the tensor has whole numbers, or reading fails
   */
  default void readFloats(TensorInfo tensor, FloatBuffer target) {
    requireKind(tensor, true);
    requireRoom(tensor, tensor.elements(), target.remaining());
    inPieces(tensor, numbers -> target.put(tensor.type().floats(numbers)));
  }

  /**
   * A tensor of floating-point numbers of any width as floats; F64 is rounded.
   *
   * @throws InlayException if the tensor has whole numbers or is longer than an array, or reading
   *     fails
   */
  default float[] floats(TensorInfo tensor) {
    requireKind(tensor, true);
    float[] floats = new float[arrayLength(tensor)];
    readFloats(tensor, FloatBuffer.wrap(floats));
    return floats;
  }

  /**
   * A tensor of whole numbers of any width as longs; BOOL as 0 and 1.
   *
   * @throws InlayException if the tensor has floating-point numbers or is longer than an array, or
   *     reading fails
   */
  default long[] longs(TensorInfo tensor) {
    requireKind(tensor, false);
    long[] longs = new long[arrayLength(tensor)];
    LongBuffer target = LongBuffer.wrap(longs);
    inPieces(tensor, numbers -> target.put(tensor.type().longs(numbers)));
    return longs;
  }

  private void inPieces(TensorInfo tensor, Consumer<ByteBuffer> takeNumbers) {
    // A multiple of every number's size, so that no number is split between two pieces.
    int most = 1 << 16;
    long bytes = tensor.bytes();
    ByteBuffer piece =
        ByteBuffer.allocate((int) Math.min(most, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    for (long from = 0; from < bytes; from += piece.limit()) {
      piece.clear().limit((int) Math.min(piece.capacity(), bytes - from));
      read(tensor, from, piece);
      takeNumbers.accept(piece.flip());
    }
  }

  private void requireKind(TensorInfo tensor, boolean floating) {
    if (tensor.type().floating() != floating) {
      throw new InlayException(
          "%s: the tensor %s has numbers of the type %s, but %s are needed. Use another file."
              .formatted(
                  path(),
                  Text.quoted(tensor.name()),
                  tensor.type(),
                  floating ? "floating-point numbers" : "whole numbers"));
    }
  }

  private int arrayLength(TensorInfo tensor) {
    // Some JVMs refuse arrays of the largest lengths.
    if (tensor.elements() > Integer.MAX_VALUE - 8) {
      throw tooLarge(tensor);
    }
    return (int) tensor.elements();
  }

  private InlayException tooLarge(TensorInfo tensor) {
    return new InlayException(
        "%s: the tensor %s takes %d bytes, too many to be read at once. Read it in pieces."
            .formatted(path(), Text.quoted(tensor.name()), tensor.bytes()));
  }

  private static void requireRoom(TensorInfo tensor, long needed, int room) {
    if (room < needed) {
      throw new IllegalArgumentException(
          "The tensor %s needs room for %d, the buffer has %d".formatted(tensor, needed, room));
    }
  }
}
