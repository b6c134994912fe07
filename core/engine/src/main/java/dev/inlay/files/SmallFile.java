package dev.inlay.files;

import dev.inlay.InlayException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads files that are text and never large: specs, configurations, rules, lists. All of Inlay
 * reads such files with this class; only images and weights have readers of their own.
 *
 * <p>A pipe is refused before it is opened, because opening would wait for its other end. The size
 * that a file claims is not trusted: a file in /proc claims 0 bytes, an entry of a jar what its
 * author likes.
 */
public final class SmallFile {

  private static final int BLOCK = 1 << 13;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private SmallFile() {}

  /**
   * The text of a file in UTF-8, without a byte order mark.
   *
   * @param what the kind of file, for messages, such as "spec file"
   * @param most the largest size in bytes
   * @throws InlayException if it is missing, not a regular file, larger, not UTF-8 or unreadable
   */
  public static String text(Path path, String what, int most) {
    BasicFileAttributes found = attributes(path, what);
    if (!found.isRegularFile()) {
      throw new InlayException(
          "The %s %s is %s. Name a regular file.".formatted(what, path, FileType.of(path, found)));
    }
    if (found.size() > most) {
      throw tooLarge(path, what, "has %d bytes".formatted(found.size()), most);
    }
    try (InputStream file = Files.newInputStream(path)) {
      String text = text(atMost(file, most));
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (TooLargeException e) {
      throw tooLarge(path, what, "has more bytes than it claims", most);
    } catch (CharacterCodingException e) {
      throw new InlayException(
          "The %s %s is not text in UTF-8. Save it as UTF-8.".formatted(what, path), e);
    } catch (IOException e) {
      throw unreadable(path, what, e);
    }
  }

  /**
   * All bytes of a stream, such as an entry of a jar.
   *
   * @param most the largest number of bytes; the stream is read no further
   * @throws TooLargeException if there are more
   * @throws IOException if the stream cannot be read
   */
  public static byte[] atMost(InputStream stream, int most) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] block = new byte[Math.min(BLOCK, most + 1)];
    for (int count = stream.read(block); count >= 0; count = stream.read(block)) {
      if (count > most - bytes.size()) {
        throw new TooLargeException(most);
      }
      bytes.write(block, 0, count);
    }
    return bytes.toByteArray();
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static BasicFileAttributes attributes(Path path, String what) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      throw unreadable(path, what, e);
    }
  }

  private static InlayException tooLarge(Path path, String what, String size, int most) {
    return new InlayException(
        "The %s %s %s; it may have at most %d.".formatted(what, path, size, most));
  }

  private static InlayException unreadable(Path path, String what, IOException reason) {
    return new InlayException(
        "The %s %s cannot be read: %s. Check the path and the permissions."
            .formatted(what, path, Reason.of(reason)),
        reason);
  }

  /** A stream has more bytes than it may have. */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLargeException(int most) {
      super("it has more than the %d bytes that it may have".formatted(most));
    }
  }
}
