package dev.inlay.verify;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.inlay.Backbone;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Reference;
import dev.inlay.Technique;
import dev.inlay.Tensor;
import dev.inlay.graph.Graph;
import dev.inlay.guard.Core;
import dev.inlay.guard.Guard;
import dev.inlay.reference.ReferenceNetwork;
import dev.inlay.reference.ReferenceOptions;
import dev.inlay.reference.ReferenceParts;
import dev.inlay.reference.Stages;
import dev.inlay.spec.NetworkSpec.Stage;
import dev.inlay.spec.Techniques;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The subject that a golden file's own configuration describes: a module of mmsegmentation ({@code
 * type} and {@code kwargs}), a whole network of it ({@code model}), or a class of other authors,
 * which the metadata's {@code reference} names.
 */
public final class ByConfiguration {

  private static final Pattern CLASS = Pattern.compile("([\\w.-]+\\.py):(\\w+)");

  private static final String WAY_OUT =
      "Say by hand what it is with --stage, such as --stage \"aspp(rates=[1, 6, 12])\"";

  private final GoldenFile file;
  private final Techniques techniques;
  private final JsonObject configuration;
  private final Graph graph = new Graph();
  private final ReferenceParts parts;

  private ByConfiguration(GoldenFile file, Techniques techniques) {
    this.file = file;
    this.techniques = techniques;
    parts = new ReferenceParts(graph, techniques, WAY_OUT);
    configuration = configuration(file);
  }

  /**
   * Describes what a file's configuration names.
   *
   * @throws InlayException if no technique has this reference, or not with these options
   */
  public static Subject of(GoldenFile file, Techniques techniques) {
    try {
      return new ByConfiguration(file, techniques).subject();
    } catch (InlayException e) {
      throw new InlayException(file.name() + ": " + e.getMessage(), e);
    } catch (ClassCastException | IllegalStateException | NumberFormatException e) {
      // What gson says of a list where a dictionary belongs, or of a text instead of a number.
      throw new InlayException(
          file.name()
              + ": the metadata's 'config' is not built as mmsegmentation's: "
              + e.getMessage(),
          e);
    }
  }

  private static JsonObject configuration(GoldenFile file) {
    String text = file.metadata().get("config");
    if (text == null) {
      throw new InlayException(
          "the metadata has no 'config'; say by hand what the file is about with --stage, such as"
              + " --stage \"aspp(rates=[1, 6, 12])\"");
    }
    try {
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new InlayException("the metadata's 'config' is no JSON object: " + e.getMessage(), e);
    }
  }

  private Subject subject() {
    if (configuration.has("model")) {
      return network(configuration.getAsJsonObject("model"));
    }
    if (configuration.has("heads")) {
      Features maps = Inputs.onMaps(Inputs.of(file, graph), classes(configuration), graph);
      Stages.Made made = parts.head(configuration.get("heads"), maps, "decode_head.");
      return subject(Outputs.ofHead(file, made));
    }
    boolean named = configuration.has("kwargs");
    JsonObject options = named ? configuration.getAsJsonObject("kwargs") : configuration;
    return module(named ? configuration.get("type").getAsString() : className(), options);
  }

  private String className() {
    Matcher found = CLASS.matcher(file.metadata().getOrDefault("reference", ""));
    if (!found.find()) {
      throw new InlayException(
          "neither 'config' nor 'reference' in the metadata names a class; say by hand what the"
              + " file is about with --stage");
    }
    return found.group(1) + ":" + found.group(2);
  }

  private Subject subject(Map<Integer, Tensor> outputs) {
    return subject(parts.list(), outputs, null);
  }

  private Subject subject(
      List<ReferenceParts.Part> made, Map<Integer, Tensor> outputs, @Nullable Sliding sliding) {
    String spec =
        made.stream()
            .map(part -> new Stages(part.stages()).toString())
            .collect(Collectors.joining(" | "));
    Map<String, String> renamed = new LinkedHashMap<>();
    for (ReferenceParts.Part part : made) {
      part.renamed()
          .forEach((theirs, ours) -> renamed.put(part.prefix() + theirs, part.prefix() + ours));
    }
    return new Subject(spec, graph, outputs, renamed, sliding);
  }

  private Subject module(String type, JsonObject json) {
    Reference<?> reference = parts.references().get(type);
    ReferenceOptions options = new ReferenceOptions(json);
    List<Tensor> inputs = Inputs.of(file, graph);
    if (reference.part() != null) {
      Stages stages = parts.stages(reference, options, "");
      Features maps = Inputs.onMaps(inputs, classes(json), graph);
      List<Tensor> outputs =
          part(reference, stages.list().get(0), options, ordered(maps, reference));
      return subject(Outputs.ofPart(file, outputs));
    }
    if (startsAtImage(reference)) {
      Features made = parts.backbone(type, json, Features.of(inputs.get(0), 1), "");
      return subject(Outputs.ofMaps(file, made.maps()));
    }
    Features maps = ordered(Inputs.onMaps(inputs, classes(json), graph), reference);
    Stages.Made made = parts.describe(reference, options, parts.selected(options, maps), "");
    return made.logits() == null
        ? subject(Outputs.ofMaps(file, made.features().maps()))
        : subject(Outputs.ofHead(file, made));
  }

  private boolean startsAtImage(Reference<?> reference) {
    String first = reference.stages().split("[(| ]", 2)[0];
    return techniques.find(first).filter(Backbone.class::isInstance).isPresent();
  }

  @SuppressWarnings("unchecked") // A reference is of the technique that its only stage names.
  private <O extends Record> List<Tensor> part(
      Reference<?> reference, Stage<O> stage, ReferenceOptions theirs, Features maps) {
    Reference.Part<O> part = (Reference.Part<O>) reference.part();
    Technique<O> technique = stage.technique();
    return Guard.call(
        technique.name(),
        Core.origin(technique.getClass()),
        Core.VERSION,
        () ->
            graph.stage(
                technique.name(),
                () ->
                    Objects.requireNonNull(part)
                        .build(stage.options(), theirs.all(), maps, graph.scope(""))));
  }

  private Subject network(JsonObject model) {
    Features image = Features.of(Inputs.of(file, graph).get(0), classes(model));
    ReferenceNetwork network = ReferenceNetwork.describe(model, image, parts);
    if (!network.refused().isEmpty()) {
      throw new InlayException(String.join("; ", network.refused()));
    }
    Map<Integer, Tensor> outputs = Outputs.ofNetwork(file, network.made(), network.sides());
    Outputs.require(file, outputs);
    return subject(network.parts(), outputs, sliding(model));
  }

  private static Features ordered(Features maps, Reference<?> reference) {
    List<Integer> order = new ArrayList<>(reference.order());
    order.removeIf(place -> place >= maps.maps().size());
    return order.isEmpty() ? maps : ReferenceParts.chosen(maps, order);
  }

  /** How many classes the configuration names, or as many as the outputs have channels. */
  private int classes(JsonElement json) {
    Integer named = ReferenceNetwork.classes(json);
    long[] shape = file.array("output.0").shape();
    return named != null ? named : shape.length > 1 ? (int) shape[1] : 1;
  }

  /** How the whole network of a file's configuration is run; null if on whole images. */
  static @Nullable Sliding sliding(GoldenFile file) {
    if (!file.metadata().containsKey("config")) {
      return null;
    }
    JsonObject configuration = configuration(file);
    return configuration.has("model") ? sliding(configuration.getAsJsonObject("model")) : null;
  }

  private static @Nullable Sliding sliding(JsonObject model) {
    ReferenceOptions options = new ReferenceOptions(model);
    if (!"slide".equals(options.get("test_cfg.mode"))) {
      return null;
    }
    List<Integer> size = options.numbers("test_cfg.crop_size");
    List<Integer> step = options.numbers("test_cfg.stride");
    if (size.size() != 2 || step.size() != 2 || step.contains(0) || size.contains(0)) {
      throw new InlayException(
          "test_cfg slides windows of the crop_size %s in steps of %s; each must be two numbers"
                  .formatted(size, step)
              + " above 0");
    }
    return new Sliding(1, size.get(0), size.get(1), step.get(0), step.get(1));
  }
}
