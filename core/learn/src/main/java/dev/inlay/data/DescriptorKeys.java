package dev.inlay.data;

import dev.inlay.InlayException;
import dev.inlay.spec.Suggestions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads values of {@code dataset.yaml}; every error message names the file and the key. */
final class DescriptorKeys {
  private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");

  private final Path file;

  DescriptorKeys(Path file) {
    this.file = file;
  }

  /** The entries of a mapping; an unknown key is refused. */
  Map<String, @Nullable Object> keys(Map<?, ?> found, String at, List<String> known) {
    Map<String, @Nullable Object> keys = new LinkedHashMap<>();
    found.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          if (!known.contains(name)) {
            throw new InlayException(
                "%s has an unknown key '%s%s'.%s Known keys: %s."
                    .formatted(
                        file,
                        at,
                        name,
                        Suggestions.didYouMean(name, known),
                        String.join(", ", known)));
          }
          keys.put(name, value);
        });
    return keys;
  }

  String text(@Nullable Object value, String at, String rule) {
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    boolean needsQuotes = value instanceof Number || value instanceof Boolean;
    throw wrong(at, value, rule + (needsQuotes ? "; put it in quotes" : ""));
  }

  InlayException wrong(String at, @Nullable Object value, String rule) {
    return value == null
        ? new InlayException("%s: '%s' is missing; it %s.".formatted(file, at, rule))
        : new InlayException("%s: '%s' is %s, but it %s.".formatted(file, at, shown(value), rule));
  }

  private static String shown(Object value) {
    String text = value instanceof String ? "'" + value + "'" : value.toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }

  /** A yes or no; no where nothing is said. */
  boolean flag(@Nullable Object value, String at, String rule) {
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong(at, value, rule);
  }

  /** A colour 0xRRGGBB. */
  int color(@Nullable Object value, String at) {
    if (value instanceof String color && isColor(color)) {
      return Integer.parseInt(color.substring(1), 16);
    }
    throw wrong(
        at,
        value,
        "is a colour \"#rrggbb\", in quotes because # begins a comment, such as \"#804080\"");
  }

  static boolean isColor(String text) {
    return COLOR.matcher(text).matches();
  }

  /** A path, seen from where the file lies. */
  Path path(@Nullable Object value, String at, String what) {
    String text =
        text(value, at, "is a %s, seen from where %s lies".formatted(what, file.getFileName()));
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw wrong(at, text, "is a %s that this system can name".formatted(what));
    }
  }
}
