package dev.inlay.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/** What lies under a path, in words for messages. */
final class FileType {

  /** The bits of a Unix mode that tell the type. */
  private static final int MASK = 0xF000;

  private static final Map<Integer, String> NAMES =
      Map.of(
          0x1000, "a pipe",
          0x2000, "a device",
          0x4000, "a folder",
          0x6000, "a device",
          0xC000, "a socket");

  private FileType() {}

  /** The type with its article: {@code a pipe}. */
  static String of(Path path, BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      return "a folder";
    }
    String unknown = "a pipe, a device or a socket";
    try {
      int mode = (Integer) Files.getAttribute(path, "unix:mode");
      return NAMES.getOrDefault(mode & MASK, unknown);
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return unknown;
    }
  }
}
