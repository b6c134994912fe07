package dev.inlay.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The start of a file, as tables of kinds look at it. */
final class FileStart {
  private static final int TAB = 9;
  private static final int RETURN = 13;
  private static final int SPACE = 32;
  private static final int DELETE = 127;

  private final byte[] bytes;
  private final String name;
  private final String characters;

  /**
   * @param bytes the first bytes, as many as there are up to {@link FileKind#START_BYTES}
   * @param name the file's name in lower case
   */
  FileStart(byte[] bytes, String name) {
    this.bytes = bytes;
    this.name = name;
    characters = new String(bytes, StandardCharsets.ISO_8859_1);
  }

  boolean isEmpty() {
    return bytes.length == 0;
  }

  /** Whether bytes, written as characters of the same numbers, stand at a place. */
  boolean has(int at, String signature) {
    return characters.startsWith(signature, at);
  }

  /** Whether bytes, written as characters of the same numbers, stand anywhere. */
  boolean contains(String signature) {
    return characters.contains(signature);
  }

  /** The characters between two places, or as many as there are. */
  String part(int from, int to) {
    int end = Math.min(to, characters.length());
    return from >= end ? "" : characters.substring(from, end);
  }

  /** The byte at a place, 0 to 255; -1 beyond the end. */
  int at(int place) {
    return place < bytes.length ? Byte.toUnsignedInt(bytes[place]) : -1;
  }

  /** Whether the file's name, in lower case, ends with one of some endings. */
  boolean isNamed(String... endings) {
    return List.of(endings).stream().anyMatch(name::endsWith);
  }

  /** Whether the bytes are UTF-8 without control characters but spaces and ends of lines. */
  boolean isText() {
    for (byte each : bytes) {
      int code = Byte.toUnsignedInt(each);
      if (code < TAB || code > RETURN && code < SPACE || code == DELETE) {
        return false;
      }
    }
    // The last character may be cut in two, so that the input has not ended.
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length), false);
    return bytes.length > 0 && !result.isError();
  }

  /** The text in lower case without a byte order mark and leading space. */
  String text() {
    String text = new String(bytes, StandardCharsets.UTF_8);
    String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return bare.strip().toLowerCase(Locale.ROOT);
  }

  boolean begins(String... words) {
    String text = text();
    return List.of(words).stream().anyMatch(text::startsWith);
  }

  /** The first line of a text. */
  String line() {
    return new String(bytes, StandardCharsets.UTF_8).strip().lines().findFirst().orElse("");
  }
}
