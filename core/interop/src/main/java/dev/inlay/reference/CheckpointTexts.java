package dev.inlay.reference;

import java.util.List;

/**
 * Under which names a project's checkpoints keep texts beside their tensors, as {@link
 * dev.inlay.weights.TensorFile#metadata} has them; of several, the first that is there counts.
 *
 * @param configurations the configuration, as JSON or as Python's values
 * @param classes the names of the classes, a list
 * @param palettes the colours of the classes, a list of lists of red, green and blue
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
