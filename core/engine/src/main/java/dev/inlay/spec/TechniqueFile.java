package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.Named;
import dev.inlay.files.Reason;
import dev.inlay.files.SmallFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file beside a technique's class, which is called by the technique's name: {@code ppm.yaml}.
 *
 * <pre>
 *   example: resnet50(stride=8) | auxiliary | ppm | fcn
 *   presets:
 *     pspnet_r50-d8: resnet50(stride=8) | auxiliary | ppm | fcn
 *   shortForms:
 *     resnet50: resnet(depth=50)
 *   references: ...
 * </pre>
 *
 * <p>The file is YAML. All files are read whenever techniques are loaded, and a full YAML reader
 * would take a tenth of the time of {@code inlay list}. All sections but {@code references} are
 * therefore read line by line and keep to one form: one key with its value on a line, without
 * quotes. The text of {@code references} is read on demand.
 */
public final class TechniqueFile {

  private static final int LARGEST = 1 << 20;
  private static final String EXAMPLE = "example";
  private static final String PRESETS = "presets";
  private static final String SHORT_FORMS = "shortForms";
  private static final String REFERENCES = "references";
  private static final List<String> SECTIONS = List.of(EXAMPLE, PRESETS, SHORT_FORMS, REFERENCES);

  /** The characters with which YAML begins a value that is not plain text. */
  private static final String SPECIAL = "-?:,[]{}#&*!|>'\"%@`";

  /** A file without any section. */
  static final TechniqueFile EMPTY = new TechniqueFile("", "");

  private final String origin;
  private final List<String> lines;
  private final Map<String, Integer> sections = new LinkedHashMap<>();
  private final Map<String, String> presets = new LinkedHashMap<>();
  private final Map<String, String> shortForms = new LinkedHashMap<>();
  private String example = "";

  private TechniqueFile(String origin, String text) {
    this.origin = origin;
    this.lines = text.lines().toList();
    String section = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      if (line.charAt(0) != ' ' && !(section.equals(REFERENCES) && line.charAt(0) == '-')) {
        section = begin(line, i);
      } else if (!section.equals(REFERENCES)) {
        entry(section, line, i);
      }
    }
  }

  /**
   * Reads a file's text.
   *
   * @param origin what messages call the file
   * @throws InlayException that names the file and the line, if it is not of the form above
   */
  static TechniqueFile parse(String origin, String text) {
    return new TechniqueFile(origin, text);
  }

  /** The file beside a technique's class. */
  static TechniqueFile beside(Class<?> technique) {
    Named named = technique.getAnnotation(Named.class);
    String name = named == null ? "" : named.value() + ".yaml";
    try (InputStream file = named == null ? null : technique.getResourceAsStream(name)) {
      String text =
          file == null ? "" : new String(SmallFile.atMost(file, LARGEST), StandardCharsets.UTF_8);
      return parse(name + " beside " + technique.getName(), text);
    } catch (IOException e) {
      throw new InlayException(
          "The file %s beside %s cannot be read: %s."
              .formatted(name, technique.getName(), Reason.of(e)),
          e);
    }
  }

  private String begin(String line, int number) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? line.strip() : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1).strip();
    if (colon < 0 || !SECTIONS.contains(name)) {
      String all = String.join(", ", SECTIONS);
      throw error(number, "has the section '%s'; the sections are: %s", name, all);
    }
    if (sections.putIfAbsent(name, number) != null) {
      throw error(number, "has the section '%s' twice; keep one of them", name);
    }
    if (name.equals(EXAMPLE)) {
      example = plain(value, number);
    } else if (!value.isEmpty() && !name.equals(REFERENCES)) {
      throw error(
          number, "has a value behind '%s:'; write one name and its spec a line below it", name);
    }
    return name;
  }

  private void entry(String section, String line, int number) {
    int colon = line.indexOf(": ");
    if (colon < 0 || section.isEmpty() || section.equals(EXAMPLE)) {
      throw error(
          number,
          "says '%s'; a line is a section's name, or a name and its spec: '  name: spec'",
          line.strip());
    }
    String name = line.substring(0, colon).strip();
    String spec = plain(line.substring(colon + 1).strip(), number);
    Map<String, String> entries = section.equals(PRESETS) ? presets : shortForms;
    if (entries.putIfAbsent(name, spec) != null) {
      throw error(number, "has the name '%s' twice in '%s'; keep one of them", name, section);
    }
  }

  private String plain(String value, int number) {
    if (value.isEmpty()
        || SPECIAL.indexOf(value.charAt(0)) >= 0
        || value.contains(": ")
        || value.contains(" #")) {
      throw error(
          number, "has the value '%s'; write a spec on the same line, without quotes", value);
    }
    return value;
  }

  private InlayException error(int number, String message, Object... values) {
    return new InlayException(
        "%s, line %d, %s.".formatted(origin, number + 1, message.formatted(values)));
  }

  /** A spec that uses the technique well; empty if the file has none. */
  public String example() {
    return example;
  }

  /** The short forms with the stages they stand for, in the order of the file. */
  public Map<String, String> shortForms() {
    return Collections.unmodifiableMap(shortForms);
  }

  /** The presets with their specs, in the order of the file. */
  public Map<String, String> presets() {
    return Collections.unmodifiableMap(presets);
  }

  /** What messages call the file: {@code ppm.yaml beside dev.inlay.plugins.ppm.Ppm}. */
  public String origin() {
    return origin;
  }

  /**
   * The text of the section {@code references} with its first line, which stands at the same line
   * as in the file, behind empty lines; empty if there is no such section.
   */
  public String references() {
    @Nullable Integer first = sections.get(REFERENCES);
    if (first == null) {
      return "";
    }
    int end =
        sections.values().stream()
            .filter(line -> line > first)
            .min(Integer::compare)
            .orElse(lines.size());
    return "\n".repeat(first) + String.join("\n", lines.subList(first, end)) + "\n";
  }
}
