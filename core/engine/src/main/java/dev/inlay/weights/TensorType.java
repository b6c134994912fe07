package dev.inlay.weights;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A number format of safetensors files; the constants have the format's names. */
public enum TensorType {
  F64(8, true),
  F32(4, true),
  F16(2, true),
  BF16(2, true),
  I64(8, false),
  I32(4, false),
  I16(2, false),
  I8(1, false),
  U8(1, false),
  BOOL(1, false);

  private final int bytes;
  private final boolean floating;

  TensorType(int bytes, boolean floating) {
    this.bytes = bytes;
    this.floating = floating;
  }

  /** The size of a number in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Whether the numbers are floating-point. */
  public boolean floating() {
    return floating;
  }

  /** All numbers of a little-endian buffer, for a floating-point type; F64 is rounded. */
  public float[] floats(ByteBuffer numbers) {
    float[] floats = new float[numbers.remaining() / bytes];
    // One loop for each type, because a switch for each number would dominate the time.
    switch (this) {
      case F32 -> numbers.asFloatBuffer().get(floats);
      case F64 -> {
        DoubleBuffer wide = numbers.asDoubleBuffer();
        for (int i = 0; i < floats.length; i++) {
          floats[i] = (float) wide.get(i);
        }
      }
      case F16 -> HalfPrecision.float16(shorts(numbers), floats);
      case BF16 -> HalfPrecision.bfloat16(shorts(numbers), floats);
      case I64, I32, I16, I8, U8, BOOL -> throw new IllegalStateException(this + " is whole");
    }
    return floats;
  }

  private static short[] shorts(ByteBuffer numbers) {
    short[] shorts = new short[numbers.remaining() / Short.BYTES];
    numbers.asShortBuffer().get(shorts);
    return shorts;
  }

  /** All numbers of a little-endian buffer, for a whole type; BOOL as 0 or 1. */
  public long[] longs(ByteBuffer numbers) {
    ByteBuffer left = numbers.duplicate().order(numbers.order());
    long[] longs = new long[numbers.remaining() / bytes];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = nextLong(left);
    }
    return longs;
  }

  /** The next number of a little-endian buffer, for a whole type; BOOL as 0 or 1. */
  private long nextLong(ByteBuffer numbers) {
    return switch (this) {
      case I64 -> numbers.getLong();
      case I32 -> numbers.getInt();
      case I16 -> numbers.getShort();
      case I8 -> numbers.get();
      case U8 -> Byte.toUnsignedLong(numbers.get());
      case BOOL -> numbers.get() == 0 ? 0 : 1;
      case F64, F32, F16, BF16 -> throw new IllegalStateException(this + " is floating");
    };
  }

  static @Nullable TensorType named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findAny().orElse(null);
  }

  static String names() {
    return Arrays.stream(values()).map(TensorType::name).collect(Collectors.joining(", "));
  }
}
