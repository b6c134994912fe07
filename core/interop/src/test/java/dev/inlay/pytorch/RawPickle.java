package dev.inlay.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A pickle put together operation by operation, so that it can be wrong in any way. */
final class RawPickle {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** A pickle of protocol 2 that has not ended yet. */
  static RawPickle begun() {
    return new RawPickle().op(0x80, 2);
  }

  /** The operations, or any bytes. */
  RawPickle op(int... codes) {
    for (int code : codes) {
      bytes.write(code);
    }
    return this;
  }

  RawPickle op(String codes, int... more) {
    bytes.writeBytes(codes.getBytes(StandardCharsets.UTF_8));
    return op(more);
  }

  RawPickle number(int width, long number) {
    byte[] little = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    bytes.write(little, 0, width);
    return this;
  }

  RawPickle text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    op('X').number(4, utf8.length);
    bytes.writeBytes(utf8);
    return this;
  }

  RawPickle whole(long number) {
    return op(0x8a, 8).number(8, number);
  }

  RawPickle global(String module, String name) {
    return op("c" + module + "\n" + name + "\n");
  }

  /** A tuple of whole numbers. */
  RawPickle wholes(long... numbers) {
    op("(");
    for (long number : numbers) {
      whole(number);
    }
    return op("t");
  }

  /** A reference to a storage of floats. */
  RawPickle storage(String key, long count) {
    return op("(")
        .text("storage")
        .global("torch", "FloatStorage")
        .text(key)
        .text("cpu")
        .whole(count)
        .op("tQ");
  }

  /** A tensor in the storage 0, which has so many floats. */
  RawPickle tensor(long count, long offset, long[] shape, long[] strides) {
    return global("torch._utils", "_rebuild_tensor_v2")
        .op("(")
        .storage("0", count)
        .whole(offset)
        .wholes(shape)
        .wholes(strides)
        .op(0x89)
        .op("NtR");
  }

  /** Four floats, all of the storage 0. */
  RawPickle tensor() {
    return tensor(4, 0, new long[] {4}, new long[] {1});
  }

  RawPickle with(Consumer<RawPickle> more) {
    more.accept(this);
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Ends the pickle. */
  byte[] end() {
    return op(".").bytes();
  }

  /** A checkpoint {state_dict: {weight: a tensor, key: what is given}, key: what is given}. */
  static byte[] checkpoint(Consumer<RawPickle> inside, Consumer<RawPickle> beside) {
    return begun()
        .op("}(")
        .text("state_dict")
        .op("}(")
        .text("weight")
        .tensor()
        .with(inside)
        .op("u")
        .with(beside)
        .op("u")
        .end();
  }
}
