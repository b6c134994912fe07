package dev.inlay.spec;

import dev.inlay.InlayException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Reads a spec from a file. */
final class SpecFile {
  private static final long LARGEST = 1 << 20;

  private SpecFile() {}

  static NetworkSpec read(String path, Techniques techniques) {
    Path file;
    try {
      file = Path.of(path);
    } catch (InvalidPathException e) {
      throw new InlayException("'" + Source.shown(path) + "' is not a path: " + e.getReason(), e);
    }
    return read(file, techniques);
  }

  static NetworkSpec read(Path file, Techniques techniques) {
    String text = text(file);
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (text.isBlank()) {
      throw new InlayException("the spec file " + file + " is empty; " + Kind.RULE);
    }
    return name.endsWith(".yaml") || name.endsWith(".yml")
        ? SpecReader.readYaml(text, file.toString(), techniques)
        : SpecReader.read(text.strip(), file.toString(), techniques);
  }

  private static String text(Path file) {
    if (!Files.exists(file)) {
      throw new InlayException(
          "there is no spec file "
              + file
              + "; the path is relative to "
              + Path.of("").toAbsolutePath());
    }
    if (Files.isDirectory(file)) {
      throw new InlayException(file + " is a folder; a spec is read from a file");
    }
    try {
      long size = Files.size(file);
      if (size > LARGEST) {
        throw new InlayException(
            "the spec file " + file + " has " + size + " bytes; that is no spec");
      }
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InlayException("the spec file " + file + " is not text in UTF-8", e);
    } catch (IOException e) {
      throw new InlayException("the spec file " + file + " cannot be read: " + e, e);
    }
  }
}
