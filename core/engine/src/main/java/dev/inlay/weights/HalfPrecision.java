package dev.inlay.weights;

/** Conversion of the two 16-bit formats to float, which is exact. */
final class HalfPrecision {
  /** The floats of all half-precision values: a look-up is faster than a conversion. */
  private static final float[] FLOAT16 = new float[1 << Short.SIZE];

  static {
    for (int bits = 0; bits < FLOAT16.length; bits++) {
      FLOAT16[bits] = float16((short) bits);
    }
  }

  private HalfPrecision() {}

  static void float16(short[] from, float[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = FLOAT16[Short.toUnsignedInt(from[i])];
    }
  }

  static void bfloat16(short[] from, float[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = bfloat16(from[i]);
    }
  }

  /** IEEE half precision: sign, 5 bits of exponent, 10 of fraction. */
  private static float float16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float subnormal = fraction * 0x1p-24f;
      return sign == 0 ? subnormal : -subnormal;
    }
    // 112 is the difference of the formats' exponent biases; 31 and 255 code infinity and NaN.
    int wide = exponent == 31 ? 255 : exponent + 112;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }

  /** The upper half of a float. */
  private static float bfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
