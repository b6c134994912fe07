package dev.inlay.pickle;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a pickle of protocol 2, opcode by opcode, as in PyTorch's checkpoints.
 *
 * <p>No object is referred to twice, so no memo is needed.
 */
final class Pickle {
  private static final int PROTO = 0x80;
  private static final int TUPLE_OF_1 = 0x85;
  private static final int NEW_TRUE = 0x88;
  private static final int NEW_FALSE = 0x89;
  private static final int LONG_1 = 0x8a;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Pickle() {
    op(PROTO).op(2);
  }

  /** Ends the pickle and returns its bytes. */
  byte[] end() {
    return op('.').bytes.toByteArray();
  }

  /** An empty dictionary, which {@link #setItems} fills. */
  Pickle emptyDict() {
    return op('}');
  }

  /** Marks the start of the values that {@link #setItems} or {@link #tuple()} collects. */
  Pickle mark() {
    return op('(');
  }

  /** Puts the keys and values since the mark into the dictionary before it. */
  Pickle setItems() {
    return op('u');
  }

  /** Makes a tuple of the values since the mark. */
  Pickle tuple() {
    return op('t');
  }

  /** A tuple of integers. */
  Pickle tuple(List<Long> numbers) {
    if (numbers.isEmpty()) {
      return op(')');
    }
    if (numbers.size() == 1) {
      return integer(numbers.get(0)).op(TUPLE_OF_1);
    }
    mark();
    numbers.forEach(this::integer);
    return tuple();
  }

  /** A Python class or function, by its module and name. */
  Pickle global(String module, String name) {
    op('c');
    raw((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /** Calls the function that is below the top of the stack; the tuple on top has its arguments. */
  Pickle call() {
    return op('R');
  }

  /** Replaces the tuple on top of the stack by the object outside the pickle that it identifies. */
  Pickle persistent() {
    return op('Q');
  }

  /**
   * A string.
   *
   * @throws IllegalArgumentException if it has an unpaired surrogate
   */
  Pickle text(String text) {
    ByteBuffer encoded;
    try {
      encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "A tensor's name or a string of the metadata is not valid Unicode.", e);
    }
    op('X').little(4, encoded.remaining());
    bytes.write(encoded.array(), encoded.arrayOffset(), encoded.remaining());
    return this;
  }

  Pickle bool(boolean value) {
    return op(value ? NEW_TRUE : NEW_FALSE);
  }

  /** An integer in its shortest encoding. */
  Pickle integer(long value) {
    if (value >= 0 && value <= 0xff) {
      return op('K').little(1, value);
    }
    if (value >= 0 && value <= 0xffff) {
      return op('M').little(2, value);
    }
    if (value == (int) value) {
      return op('J').little(4, value);
    }
    byte[] big = BigInteger.valueOf(value).toByteArray();
    op(LONG_1).op(big.length);
    for (int i = big.length - 1; i >= 0; i--) {
      op(big[i]);
    }
    return this;
  }

  /**
   * Plain data: a string, a number, a boolean, null, or a list or a map with string keys of such
   * values.
   *
   * @throws IllegalArgumentException if the value is or contains anything else
   */
  Pickle plain(@Nullable Object value) {
    if (value == null) {
      return op('N');
    } else if (value instanceof String text) {
      return text(text);
    } else if (value instanceof Boolean truth) {
      return bool(truth);
    } else if (value instanceof Long || value instanceof Integer) {
      return integer(((Number) value).longValue());
    } else if (value instanceof Double || value instanceof Float) {
      op('G');
      raw(ByteBuffer.allocate(8).putDouble(((Number) value).doubleValue()).array());
      return this;
    } else if (value instanceof List<?> list) {
      op(']').mark();
      list.forEach(this::plain);
      return op('e');
    } else if (value instanceof Map<?, ?> map) {
      emptyDict().mark();
      map.forEach((key, inner) -> text((String) key).plain(inner));
      return setItems();
    }
    throw new IllegalArgumentException(
        "The metadata has a value of the class %s; it may have strings, numbers, booleans, null, lists and maps."
            .formatted(value.getClass().getSimpleName()));
  }

  private Pickle op(int code) {
    bytes.write(code);
    return this;
  }

  private Pickle little(int count, long value) {
    ByteBuffer all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    bytes.write(all.array(), 0, count);
    return this;
  }

  private void raw(byte[] some) {
    bytes.write(some, 0, some.length);
  }
}
