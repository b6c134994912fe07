package dev.inlay.weights;

/** Floats from their two 16-bit forms; each value of either is exactly a float. */
final class HalfPrecision {
  private HalfPrecision() {}

  /** IEEE half precision: sign, 5 bits of exponent, 10 of fraction. */
  static float float16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      float subnormal = fraction * 0x1p-24f;
      return sign == 0 ? subnormal : -subnormal;
    }
    // 112 is the difference of the two formats' exponent biases; 31 and 255 mean infinity or NaN.
    int wide = exponent == 31 ? 255 : exponent + 112;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }

  /** The upper half of a float. */
  static float bfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
