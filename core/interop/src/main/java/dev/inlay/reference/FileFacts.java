package dev.inlay.reference;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.inlay.InlayException;
import dev.inlay.weights.ModelInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a weights file: the network's configuration, the names and colours of the
 * classes, or the description of an Inlay model.
 */
public final class FileFacts {

  /** The prefix of an Inlay model's metadata in files of other formats. */
  public static final String INLAY = "inlay.";

  private final Map<String, String> texts;

  public FileFacts(Map<String, String> texts) {
    this.texts = texts;
  }

  /**
   * The description of an Inlay model; empty if the file neither is one nor was exported from one.
   */
  public Optional<ModelInfo> model(String file) {
    for (String begin : List.of("meta." + INLAY, INLAY, "")) {
      if ("inlay".equals(texts.get(begin + "format"))) {
        Map<String, String> own = new LinkedHashMap<>();
        texts.forEach(
            (name, text) -> {
              if (name.startsWith(begin)) {
                own.put(name.substring(begin.length()), text);
              }
            });
        return Optional.of(ModelInfo.of(file, own));
      }
    }
    return Optional.empty();
  }

  /**
   * The configuration of another project in the file, as JSON or as Python assignments.
   *
   * @throws InlayException if the file has a configuration that can't be read
   */
  public Optional<JsonObject> configuration() {
    for (Project project : Projects.all()) {
      Optional<ConfigurationReader> reader = project.configurations();
      for (String name : project.texts().configurations()) {
        String text = texts.get(name);
        if (text != null && reader.isPresent() && reader.get().resembles(text)) {
          return Optional.of(configuration(name, text));
        }
      }
    }
    return Optional.empty();
  }

  private static JsonObject configuration(String name, String text) {
    try {
      return configuration(text);
    } catch (InlayException e) {
      throw new InlayException(
          "The file's own configuration, '%s', can't be read: %s Give --config or --network."
              .formatted(name, e.getMessage()),
          e);
    }
  }

  /** The configuration of another project in the file; empty if there is none or it is damaged. */
  Optional<JsonObject> readableConfiguration() {
    try {
      return configuration();
    } catch (InlayException e) {
      // NamedNetwork reports the error if the import needs this configuration.
      return Optional.empty();
    }
  }

  /** The colour order and normalisation of a configuration's network; empty if it has none. */
  static Optional<PixelConvention> pixels(JsonObject configuration) {
    return Projects.reader(configuration).flatMap(reader -> reader.pixels(configuration));
  }

  /**
   * Reads a configuration, as JSON or as Python assignments.
   *
   * @throws InlayException if it is neither
   */
  public static JsonObject configuration(String text) {
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return PythonConfig.parse(text);
    }
    try {
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException e) {
      String all = String.valueOf(e.getMessage()).replaceFirst("^[\\w.]+Exception: ", "");
      String words = all.lines().findFirst().orElse("").replaceFirst(" path \\$.*", "");
      throw new InlayException("The configuration is not JSON: %s.".formatted(words), e);
    } catch (IllegalStateException e) {
      throw new InlayException("The configuration is JSON, but not an object with a model.", e);
    }
  }

  /** The names of the classes; empty if the file has none. */
  public List<String> classes() {
    List<JsonElement> names = list(CheckpointTexts::classes);
    boolean texts =
        names.stream()
            .allMatch(each -> each.isJsonPrimitive() && each.getAsJsonPrimitive().isString());
    return texts ? names.stream().map(JsonElement::getAsString).toList() : List.of();
  }

  /** The colours of the classes as #rrggbb; empty if the file has none. */
  public List<String> palette() {
    List<String> colours = new ArrayList<>();
    for (JsonElement each : list(CheckpointTexts::palettes)) {
      if (!each.isJsonArray() || each.getAsJsonArray().size() != 3) {
        return List.of();
      }
      int rgb = 0;
      for (JsonElement part : each.getAsJsonArray()) {
        if (!String.valueOf(part).matches("\\d{1,3}") || part.getAsInt() > 255) {
          return List.of();
        }
        rgb = rgb << 8 | part.getAsInt();
      }
      colours.add(String.format(Locale.ROOT, "#%06x", rgb));
    }
    return colours;
  }

  private List<JsonElement> list(Function<CheckpointTexts, List<String>> names) {
    @Nullable String text =
        Projects.all().stream()
            .flatMap(project -> names.apply(project.texts()).stream())
            .map(texts::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (text == null) {
      return List.of();
    }
    try {
      JsonElement found = JsonParser.parseString(text);
      return found.isJsonArray() ? found.getAsJsonArray().asList() : new JsonArray().asList();
    } catch (JsonParseException e) {
      return List.of();
    }
  }
}
