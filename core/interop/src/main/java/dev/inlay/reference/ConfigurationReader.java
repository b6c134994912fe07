package dev.inlay.reference;

import com.google.gson.JsonObject;
import dev.inlay.InlayException;
import dev.inlay.spec.Techniques;
import java.util.Optional;

/** Reads the configurations of one project. */
public interface ConfigurationReader {

  /** Whether a text may be one of its configurations, before anything reads it. */
  boolean resembles(String text);

  /** Whether a configuration is built as this project's are, as far as its outermost keys show. */
  boolean recognises(JsonObject configuration);

  /** What to give, for messages: {@code mmsegmentation's, as cfg.dump('model.json') writes it}. */
  String expected();

  /**
   * The network that a configuration describes.
   *
   * @throws InlayException if it describes none, or one that is no line of stages
   */
  ConfiguredNetwork network(JsonObject configuration, Techniques techniques);

  /** How the network sees an image; empty if the configuration does not say it. */
  Optional<PixelConvention> pixels(JsonObject configuration);

  /** The windows on which the network is run; empty if it sees whole images. */
  default Optional<Windows> windows(JsonObject configuration) {
    return Optional.empty();
  }

  /**
   * Describes what a configuration names, a network or part of one, on inputs of a golden file.
   *
   * @param parts where it is described, none as yet
   * @throws InlayException if no technique is that part, or not with these options
   */
  Described describe(JsonObject configuration, GivenInputs inputs, ReferenceParts parts);
}
