package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.files.SmallFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Reads a spec from a file. */
final class SpecFile {
  private static final int LARGEST = 1 << 20;

  private SpecFile() {}

  static NetworkSpec read(String path, Techniques techniques) {
    Path file;
    try {
      file = Path.of(path);
    } catch (InvalidPathException e) {
      throw new InlayException(
          "'%s' is not a path: %s.".formatted(Source.shown(path), e.getReason()), e);
    }
    return read(file, techniques);
  }

  static NetworkSpec read(Path file, Techniques techniques) {
    String text = text(file);
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (text.isBlank()) {
      throw new InlayException("The spec file %s is empty; %s".formatted(file, Kind.RULE));
    }
    return name.endsWith(".yaml") || name.endsWith(".yml")
        ? SpecReader.readYaml(text, file.toString(), techniques)
        : SpecReader.read(text.strip(), file.toString(), techniques);
  }

  private static String text(Path file) {
    if (!Files.exists(file)) {
      throw new InlayException(
          "The spec file %s does not exist; the path is relative to %s."
              .formatted(file, Path.of("").toAbsolutePath()));
    }
    return SmallFile.text(file, "spec file", LARGEST);
  }
}
