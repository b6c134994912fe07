package dev.inlay.pickle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values that a pickle has numbered to come back to them. */
final class PickleMemo {
  private static final int MOST = 1_000_000;

  private final FileErrors errors;
  private @Nullable Value[] values = new @Nullable Value[64];
  private int count;

  PickleMemo(FileErrors errors) {
    this.errors = errors;
  }

  void put(long index, Value value) {
    if (index < 0 || index >= MOST) {
      throw errors.damaged(
          "its pickle numbers a value %d; numbers up to %d are read.".formatted(index, MOST));
    }
    if (index >= values.length) {
      values = Arrays.copyOf(values, (int) Math.min(MOST, Math.max(index + 1, values.length * 2L)));
    }
    count += values[(int) index] == null ? 1 : 0;
    values[(int) index] = value;
  }

  /** Gives a value the next number. */
  void add(Value value) {
    put(count, value);
  }

  Value get(long index) {
    Value value = index < 0 || index >= values.length ? null : values[(int) index];
    if (value == null) {
      throw errors.damaged("its pickle comes back to value %d, which it lacks.".formatted(index));
    }
    return value;
  }
}
