package dev.inlay.pickle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The memo of a pickle: numbered values to which later opcodes refer. */
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
          "its pickle has the memo index %d; indices from 0 to %d are read."
              .formatted(index, MOST - 1));
    }
    if (index >= values.length) {
      values = Arrays.copyOf(values, (int) Math.min(MOST, Math.max(index + 1, values.length * 2L)));
    }
    count += values[(int) index] == null ? 1 : 0;
    values[(int) index] = value;
  }

  /** Stores a value under the next index. */
  void add(Value value) {
    put(count, value);
  }

  Value get(long index) {
    Value value = index < 0 || index >= values.length ? null : values[(int) index];
    if (value == null) {
      throw errors.damaged(
          "its pickle refers to the memo index %d, which it has not set.".formatted(index));
    }
    return value;
  }
}
