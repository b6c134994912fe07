package dev.inlay.reference;

import com.google.gson.JsonObject;
import dev.inlay.InlayException;
import dev.inlay.spec.Techniques;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

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

  /**
   * What a configuration says of inference that Inlay does not do, such as flips or sliding
   * windows, by its place in the configuration; empty if it says nothing of the kind.
   */
  default Map<String, String> notDone(JsonObject configuration) {
    return Map.of();
  }

  /**
   * The probability above which a network with one logit tells class 1; empty if the configuration
   * is not of such a network.
   *
   * @throws InlayException if it is not above 0 and below 1
   */
  default OptionalDouble threshold(JsonObject configuration) {
    return OptionalDouble.empty();
  }

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
