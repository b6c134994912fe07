package dev.inlay.weights;

import com.google.gson.JsonParseException;
import dev.inlay.InlayException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The description of a model in its file, so that the file alone is enough for prediction.
 *
 * @param spec the network as one line of text
 * @param classes the names of the classes, in the order of their ids 0, 1, …
 * @param palette a colour for each class, as "#rrggbb"
 * @param ignore the ignore index, which is not the id of a class
 * @param mean the means of red, green and blue for the normalisation, from 0 to 1
 * @param std the standard deviations of red, green and blue, on the same scale
 * @param training facts about the training, such as iterations and mIoU, as text by name
 */
public record ModelInfo(
    String spec,
    List<String> classes,
    List<String> palette,
    int ignore,
    List<Double> mean,
    List<Double> std,
    Map<String, String> training) {

  private static final String FORMAT = "inlay";
  private static final String VERSION = "1";

  /** Far below that of any images, and so that no quotient is infinite. */
  private static final double LEAST_STD = 1e-6;

  /**
   * Checks the description.
   *
   * @throws InlayException if the parts do not fit together or a value is out of range
   */
  public ModelInfo {
    classes = List.copyOf(classes);
    palette = palette.stream().map(color -> color.toLowerCase(Locale.ROOT)).toList();
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
    require(!spec.isBlank(), "The spec is empty; it names the network.");
    require(!classes.isEmpty(), "There are no classes; at least one is needed.");
    for (int id = 0; id < classes.size(); id++) {
      require(!classes.get(id).isBlank(), "Class %d has an empty name; give it one.".formatted(id));
    }
    require(
        palette.size() == classes.size(),
        "The palette has %d colours for %d classes; each class needs one."
            .formatted(palette.size(), classes.size()));
    for (String color : palette) {
      require(
          color.matches("#[0-9a-f]{6}"),
          "The palette has the colour %s; a colour is '#' and six hexadecimal digits."
              .formatted(Text.quoted(color)));
    }
    require(
        ignore < 0 || ignore >= classes.size(),
        "The ignored id is %d, which is a class; give one outside 0 to %d."
            .formatted(ignore, classes.size() - 1));
    requireThree("mean", mean);
    requireThree("std", std);
    require(
        std.stream().allMatch(number -> number >= LEAST_STD),
        "The std is %s; its numbers must be at least 0.000001, because the image is divided by them."
            .formatted(std));
  }

  /**
   * The description in the metadata of a model's file.
   *
   * @throws InlayException if the file is not a model of this version, or a part of its description
   *     is missing or ill-formed
   */
  public static ModelInfo of(TensorFile file) {
    return of(file.path().toString(), file.metadata());
  }

  /**
   * The description in a file's metadata.
   *
   * @param path the file, for messages
   * @throws InlayException as {@link #of(TensorFile)}
   */
  public static ModelInfo of(String path, Map<String, String> metadata) {
    String format = metadata.get("format");
    if (!FORMAT.equals(format)) {
      throw new InlayException(
          ("%s is no Inlay model: its metadata has %s. "
                  + "It may be plain weights, which need the spec of their network beside them.")
              .formatted(
                  path,
                  format == null ? "no 'format'" : "the format %s".formatted(Text.quoted(format))));
    }
    String version = text(path, metadata, "version");
    if (!version.equals(VERSION)) {
      throw new InlayException(
          ("%s is an Inlay model of version %s; this Inlay reads version %s. "
                  + "Use the Inlay that saved it, or a newer one.")
              .formatted(path, Text.quoted(version), VERSION));
    }
    String spec = text(path, metadata, "spec");
    List<String> classes =
        part(path, metadata, "classes", "a JSON list of strings", MetadataJson::strings);
    List<String> palette =
        part(path, metadata, "palette", "a JSON list of strings", MetadataJson::strings);
    int ignore = part(path, metadata, "ignore", "a whole number", Integer::valueOf);
    List<Double> mean =
        part(path, metadata, "mean", "a JSON list of numbers", MetadataJson::numbers);
    List<Double> std = part(path, metadata, "std", "a JSON list of numbers", MetadataJson::numbers);
    Map<String, String> training =
        part(path, metadata, "training", "a JSON object", MetadataJson::facts);
    try {
      return new ModelInfo(spec, classes, palette, ignore, mean, std, training);
    } catch (InlayException e) {
      throw new InlayException(path + " is no valid Inlay model. " + e.getMessage(), e);
    }
  }

  /** Whether the metadata of a file are those of a model. */
  public static boolean isModel(Map<String, String> metadata) {
    return FORMAT.equals(metadata.get("format"));
  }

  /** The normalisation of images for the network. */
  public Normalization normalization() {
    return new Normalization(mean, std);
  }

  /** The description as metadata of a safetensors file. */
  public Map<String, String> toMetadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("version", VERSION);
    metadata.put("spec", spec);
    metadata.put("classes", MetadataJson.text(classes));
    metadata.put("palette", MetadataJson.text(palette));
    metadata.put("ignore", Integer.toString(ignore));
    metadata.put("mean", MetadataJson.text(mean));
    metadata.put("std", MetadataJson.text(std));
    metadata.put("training", MetadataJson.text(training));
    return metadata;
  }

  private static String text(String path, Map<String, String> metadata, String key) {
    String text = metadata.get(key);
    if (text == null) {
      throw new InlayException(
          "%s is no complete Inlay model: its metadata has no '%s'. Save the model again."
              .formatted(path, key));
    }
    return text;
  }

  private static <T> T part(
      String path,
      Map<String, String> metadata,
      String key,
      String kind,
      Function<String, T> interpretation) {
    String text = text(path, metadata, key);
    try {
      return interpretation.apply(text);
    } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
      throw new InlayException(
          ("%s is no valid Inlay model: the '%s' in its metadata is not %s but %s. "
                  + "Save the model again.")
              .formatted(path, key, kind, Text.quoted(text)),
          e);
    }
  }

  private static void requireThree(String key, List<Double> numbers) {
    require(
        numbers.size() == 3,
        "The %s has %d numbers; red, green and blue need one each.".formatted(key, numbers.size()));
    require(
        numbers.stream().allMatch(number -> number >= 0 && number <= 1),
        "The %s is %s; its numbers lie between 0 and 1. Divide those for 0 to 255 by 255."
            .formatted(key, numbers));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new InlayException(message);
    }
  }
}
