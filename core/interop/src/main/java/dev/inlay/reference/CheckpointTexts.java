package dev.inlay.reference;

import java.util.List;

/**
 * The metadata keys under which a project's checkpoints keep texts, as in {@link
 * dev.inlay.weights.TensorFile#metadata}. Of several keys, the first that a file has counts.
 *
 * @param configurations keys of the configuration, as JSON or as Python assignments
 * @param classes keys of the list of class names
 * @param palettes keys of the list of class colours, each a list of red, green and blue
 */
public record CheckpointTexts(
    List<String> configurations, List<String> classes, List<String> palettes) {

  /** No texts. */
  public static final CheckpointTexts NONE = new CheckpointTexts(List.of(), List.of(), List.of());

  public CheckpointTexts {
    configurations = List.copyOf(configurations);
    classes = List.copyOf(classes);
    palettes = List.copyOf(palettes);
  }
}
