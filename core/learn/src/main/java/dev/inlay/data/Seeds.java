package dev.inlay.data;

/** Derives many independent seeds from one. */
public final class Seeds {
  private Seeds() {}

  /** The seed of an index; seeds of different indices differ in about half of their bits. */
  public static long mix(long seed, long index) {
    long z = seed * 0x9e3779b97f4a7c15L + (index + 1) * 0xd1342543de82ef95L;
    z = (z ^ (z >>> 32)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 29)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 32);
  }
}
