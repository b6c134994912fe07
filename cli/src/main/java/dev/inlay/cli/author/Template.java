package dev.inlay.cli.author;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template of the archetype that Maven can fill, too: {@code ${word}} stands for a value. A
 * placeholder with a dot, such as {@code ${project.version}}, is Maven's own and stays.
 */
final class Template {

  private static final String FOLDER = "/archetype-resources/";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

  private Template() {}

  /**
   * The text of a template with its values.
   *
   * @throws IllegalStateException if there is no such template, or a value is missing
   */
  static String fill(String name, Map<String, String> values) {
    Matcher matcher = PLACEHOLDER.matcher(read(name));
    return matcher.replaceAll(
        found -> {
          String value = values.get(found.group(1));
          if (value == null) {
            throw new IllegalStateException(
                "The template %s has an unknown placeholder %s.".formatted(name, found.group()));
          }
          return Matcher.quoteReplacement(value);
        });
  }

  private static String read(String name) {
    try (InputStream stream = Template.class.getResourceAsStream(FOLDER + name)) {
      if (stream == null) {
        throw new IllegalStateException("There is no template %s.".formatted(name));
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
