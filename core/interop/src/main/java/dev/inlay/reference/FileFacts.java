package dev.inlay.reference;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.inlay.InlayException;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.Normalization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a file of weights says in its texts about the network: its configuration, the names and
 * colours of the classes, or all that an Inlay model says.
 */
public final class FileFacts {

  /** What stands before the metadata of an Inlay model in files of other formats. */
  public static final String INLAY = "inlay.";

  /** Where mmsegmentation's versions put their configuration. */
  private static final List<String> CONFIGS = List.of("config", "meta.cfg", "meta.config", "cfg");

  private static final List<String> CLASSES =
      List.of("meta.dataset_meta.classes", "meta.CLASSES", "meta.classes");
  private static final List<String> PALETTES =
      List.of("meta.dataset_meta.palette", "meta.PALETTE", "meta.palette");

  private final Map<String, String> texts;

  public FileFacts(Map<String, String> texts) {
    this.texts = texts;
  }

  /** All that the file says as an Inlay model, or as what was exported from one. */
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
   * The configuration of mmsegmentation that the file carries, as JSON or as Python's values.
   *
   * @throws InlayException if there is one that can't be read
   */
  public Optional<JsonObject> configuration() {
    for (String name : CONFIGS) {
      String text = texts.get(name);
      if (text != null && text.contains("model")) {
        try {
          return Optional.of(configuration(text));
        } catch (InlayException e) {
          throw new InlayException(
              "the file's own configuration, %s, can't be read: %s; give --config or --network"
                  .formatted(name, e.getMessage()),
              e);
        }
      }
    }
    return Optional.empty();
  }

  /** What images are normalised by, as the file says; empty if it does not. */
  Optional<Normalization> normalization(String file) {
    Optional<ModelInfo> model = model(file);
    if (model.isPresent()) {
      return model.map(ModelInfo::normalization);
    }
    try {
      return configuration().flatMap(PixelStatistics::of);
    } catch (InlayException e) {
      return Optional.empty(); // Whoever needs the network of it is told.
    }
  }

  /**
   * Reads a configuration, JSON or Python's values.
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
      throw new InlayException("the configuration is no JSON: " + words, e);
    } catch (IllegalStateException e) {
      throw new InlayException("the configuration is JSON, but no object with a model", e);
    }
  }

  /** The names of the classes; empty if the file has none. */
  public List<String> classes() {
    List<JsonElement> names = list(CLASSES);
    boolean texts =
        names.stream()
            .allMatch(each -> each.isJsonPrimitive() && each.getAsJsonPrimitive().isString());
    return texts ? names.stream().map(JsonElement::getAsString).toList() : List.of();
  }

  /** The colours of the classes as #rrggbb; empty if the file has none. */
  public List<String> palette() {
    List<String> colours = new ArrayList<>();
    for (JsonElement each : list(PALETTES)) {
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

  private List<JsonElement> list(List<String> names) {
    @Nullable String text =
        names.stream().map(texts::get).filter(Objects::nonNull).findFirst().orElse(null);
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
