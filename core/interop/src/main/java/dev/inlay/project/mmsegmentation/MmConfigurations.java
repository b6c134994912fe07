package dev.inlay.project.mmsegmentation;

import com.google.gson.JsonObject;
import dev.inlay.Dim;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Reference;
import dev.inlay.Tensor;
import dev.inlay.assemble.Stages;
import dev.inlay.graph.Graph;
import dev.inlay.reference.ConfigurationReader;
import dev.inlay.reference.ConfiguredNetwork;
import dev.inlay.reference.Described;
import dev.inlay.reference.GivenInputs;
import dev.inlay.reference.PixelConvention;
import dev.inlay.reference.ReferenceOptions;
import dev.inlay.reference.ReferenceParts;
import dev.inlay.reference.Windows;
import dev.inlay.spec.Techniques;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads configurations of mmsegmentation: of whole models, of the heads of a cascade, or of one
 * part.
 */
final class MmConfigurations implements ConfigurationReader {

  private static final String MODEL = "model";
  private static final String HEADS = "heads";
  private static final String KWARGS = "kwargs";
  private static final String BACKBONE = "backbone";
  private static final String DECODE_HEAD = "decode_head";

  private static final String WAY_OUT =
      "Give the network with --network if Inlay has an equivalent one.";

  @Override
  public boolean resembles(String text) {
    return text.contains(MODEL);
  }

  @Override
  public boolean recognises(JsonObject configuration) {
    return Stream.of(MODEL, BACKBONE, DECODE_HEAD, HEADS, KWARGS).anyMatch(configuration::has);
  }

  @Override
  public String expected() {
    return "mmsegmentation's, a model with a backbone and a decode_head, as cfg.dump('model.json')"
        + " writes it";
  }

  @Override
  public Optional<PixelConvention> pixels(JsonObject configuration) {
    return PixelStatistics.of(configuration);
  }

  @Override
  public Map<String, String> notDone(JsonObject configuration) {
    return InferenceRemarks.of(configuration);
  }

  @Override
  public OptionalDouble threshold(JsonObject configuration) {
    return read(
        "The threshold of the configuration's decode_head is no number (%s).",
        () -> MmNetwork.threshold(model(configuration)));
  }

  @Override
  public ConfiguredNetwork network(JsonObject configuration, Techniques techniques) {
    return read(
        "The configuration does not have mmsegmentation's form (%s). Give it as cfg.dump('model.json') writes it.",
        () -> {
          JsonObject model = model(configuration);
          Integer classes = MmNetwork.toldApart(model);
          if (classes == null) {
            throw new InlayException(
                "The configuration's decode_head lacks num_classes. Give the configuration as cfg.dump('model.json') writes it.");
          }
          return network(model, classes, techniques);
        });
  }

  private static ConfiguredNetwork network(JsonObject model, int classes, Techniques techniques) {
    Graph graph = new Graph();
    Dim[] size = {Dim.symbol("B"), Dim.of(3), Dim.symbol("H"), Dim.symbol("W")};
    Tensor image = graph.input("image", Tensor.Type.FLOAT, size);
    MmParts parts = new MmParts(new ReferenceParts(graph, techniques, WAY_OUT));
    MmNetwork network = MmNetwork.describe(model, Features.of(image, classes), parts);
    if (!network.choices().isEmpty()) {
      throw new InlayException(
          "The configuration can't be written as a sequence of stages: %s."
              .formatted(String.join("; ", network.choices())));
    }
    return ConfiguredNetwork.of(
        MmSegmentation.NAME,
        graph,
        network.parts(),
        techniques,
        classes,
        network.unmatched(),
        LossRemarks.of(model));
  }

  /** The model of a configuration, which may be the whole configuration. */
  private static JsonObject model(JsonObject configuration) {
    JsonObject model =
        configuration.has(MODEL) && configuration.get(MODEL).isJsonObject()
            ? configuration.getAsJsonObject(MODEL)
            : configuration;
    MmNetwork.require(model);
    return model;
  }

  @Override
  public Described describe(JsonObject configuration, GivenInputs inputs, ReferenceParts parts) {
    return read(
        "The metadata's 'config' does not have mmsegmentation's form (%s).",
        () -> described(configuration, inputs, parts));
  }

  private static Described described(
      JsonObject configuration, GivenInputs inputs, ReferenceParts parts) {
    MmParts own = new MmParts(parts);
    if (configuration.has(HEADS)) {
      Features maps = inputs.maps(MmNetwork.classes(configuration));
      Stages.Result result = own.head(configuration.get(HEADS), maps, "decode_head.");
      return new Described.Line(parts.list(), result);
    }
    if (configuration.has(KWARGS)) {
      return part(configuration, inputs, own, parts);
    }
    JsonObject model =
        configuration.has(MODEL) ? configuration.getAsJsonObject(MODEL) : configuration;
    MmNetwork network = MmNetwork.describe(model, inputs.image(MmNetwork.classes(model)), own);
    if (!network.refused().isEmpty()) {
      throw new InlayException(String.join(" ", network.refused()));
    }
    return new Described.Network(network.parts(), network.result(), network.sides());
  }

  private static Described part(
      JsonObject configuration, GivenInputs inputs, MmParts own, ReferenceParts parts) {
    JsonObject kwargs = configuration.getAsJsonObject(KWARGS);
    String type = MmOptions.type(configuration);
    Reference reference = own.reference(type);
    if (parts.startsAtImage(reference)) {
      Features maps = own.backbone(type, kwargs, inputs.image(1), "");
      return new Described.Line(parts.list(), new Stages.Result(maps, null, null));
    }
    ReferenceOptions options = MmOptions.of(kwargs);
    Features maps = inputs.maps(MmNetwork.classes(kwargs));
    if (reference.part() != null) {
      List<Tensor> outputs = parts.part(reference, options, maps);
      return new Described.Module(parts.list(), outputs);
    }
    Features ordered = ReferenceParts.inOrder(maps, reference.inputs());
    Stages.Result result = own.alone(reference, options, ordered);
    return new Described.Line(parts.list(), result);
  }

  @Override
  public Optional<Windows> windows(JsonObject configuration) {
    if (!configuration.has(MODEL) || !configuration.get(MODEL).isJsonObject()) {
      return Optional.empty();
    }
    ReferenceOptions options = MmOptions.of(configuration.getAsJsonObject(MODEL));
    if (!"slide".equals(options.get("test_cfg.mode"))) {
      return Optional.empty();
    }
    List<Integer> size = options.numbers("test_cfg.crop_size");
    List<Integer> step = options.numbers("test_cfg.stride");
    if (size.size() != 2 || step.size() != 2 || step.contains(0) || size.contains(0)) {
      throw new InlayException(
          "test_cfg has the crop_size %s and the stride %s; each must be two numbers above 0."
              .formatted(size, step));
    }
    return Optional.of(new Windows(size.get(0), size.get(1), step.get(0), step.get(1)));
  }

  /** Turns the exceptions of gson about values of a wrong type into one message. */
  private static <T> T read(String message, Supplier<T> body) {
    try {
      return body.get();
    } catch (ClassCastException
        | IllegalStateException
        | NumberFormatException
        | UnsupportedOperationException e) {
      throw new InlayException(message.formatted(e.getMessage()), e);
    }
  }
}
