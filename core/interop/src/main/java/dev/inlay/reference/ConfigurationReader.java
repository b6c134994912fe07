package dev.inlay.reference;

import com.google.gson.JsonObject;
import dev.inlay.InlayException;
import dev.inlay.spec.Techniques;
import java.util.Optional;

/** Reads the configurations of one project. */
public interface ConfigurationReader {

  /** Whether a text may be a configuration of the project: a cheap test before parsing. */
  boolean resembles(String text);

  /** Whether the outermost keys of a configuration are those of the project. */
  boolean recognises(JsonObject configuration);

  /**
   * The expected form, for messages: {@code mmsegmentation's, as cfg.dump('model.json') writes it}.
   */
  String expected();

  /**
   * The network that a configuration describes.
   *
   * @throws InlayException if it describes no network, or one that is no sequence of stages
   */
  ConfiguredNetwork network(JsonObject configuration, Techniques techniques);

  /**
   * The colour order and normalisation of the network's input; empty if the configuration has none.
   */
  Optional<PixelConvention> pixels(JsonObject configuration);

  /** The windows of sliding-window inference; empty if the network runs on whole images. */
  default Optional<Windows> windows(JsonObject configuration) {
    return Optional.empty();
  }

  /**
   * Describes the network of a configuration, or the part of one, on the inputs of a golden file.
   *
   * @param parts receives the described parts; empty before the call
   * @throws InlayException if no technique corresponds to a part, or not with these options
   */
  Described describe(JsonObject configuration, GivenInputs inputs, ReferenceParts parts);
}
