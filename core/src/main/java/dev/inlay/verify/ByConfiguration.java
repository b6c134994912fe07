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
import dev.inlay.spec.NetworkSpec.Stage;
import dev.inlay.spec.Techniques;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The subject that a golden file's own configuration describes: a module of mmsegmentation ({@code
 * type} and {@code kwargs}), a whole network of it ({@code model}), or a class of other authors,
 * which the metadata's {@code reference} names.
 */
public final class ByConfiguration {

  private static final Pattern CLASS = Pattern.compile("([\\w.-]+\\.py):(\\w+)");

  private final GoldenFile file;
  private final Techniques techniques;
  private final References references;
  private final JsonObject configuration;
  private final Graph graph = new Graph();
  private final Map<String, String> renamed = new LinkedHashMap<>();
  private final List<String> specs = new ArrayList<>();
  private final Map<String, Tensor> sides = new LinkedHashMap<>();

  private ByConfiguration(GoldenFile file, Techniques techniques) {
    this.file = file;
    this.techniques = techniques;
    references = References.of(techniques);
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
      Stages.Made made = head(configuration.get("heads"), maps, "decode_head.");
      return subject(Outputs.ofHead(file, made), null);
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

  private Subject subject(Map<Integer, Tensor> outputs, @Nullable Sliding sliding) {
    return new Subject(String.join(" | ", specs), graph, outputs, renamed, sliding);
  }

  private Subject module(String type, JsonObject json) {
    Reference<?> reference = references.get(type);
    ReferenceOptions options = new ReferenceOptions(json);
    List<Tensor> inputs = Inputs.of(file, graph);
    if (reference.part() != null) {
      Stages stages = stages(reference, options, "");
      Features maps = Inputs.onMaps(inputs, classes(json), graph);
      List<Tensor> outputs = part(reference, stages.list().get(0), ordered(maps, reference));
      return subject(Outputs.numbered(outputs), null);
    }
    if (startsAtImage(reference)) {
      Features made = backbone(json, Features.of(inputs.get(0), 1), "");
      return subject(Outputs.ofMaps(file, made.maps()), null);
    }
    Features maps = ordered(Inputs.onMaps(inputs, classes(json), graph), reference);
    Features selected = selected(options, maps);
    Stages.Made made = describe(reference, options, selected, "");
    return made.logits() == null
        ? subject(Outputs.ofMaps(file, made.features().maps()), null)
        : subject(Outputs.ofHead(file, made), null);
  }

  private boolean startsAtImage(Reference<?> reference) {
    String first = reference.stages().split("[(| ]", 2)[0];
    return techniques.find(first).filter(Backbone.class::isInstance).isPresent();
  }

  @SuppressWarnings("unchecked") // A reference is of the technique that its only stage names.
  private <O extends Record> List<Tensor> part(
      Reference<?> reference, Stage<O> stage, Features maps) {
    Reference.Part<O> part = (Reference.Part<O>) reference.part();
    Technique<O> technique = stage.technique();
    return Guard.call(
        technique.name(),
        Core.origin(technique.getClass()),
        Core.VERSION,
        () ->
            graph.stage(
                technique.name(),
                () -> Objects.requireNonNull(part).build(stage.options(), maps, graph.scope(""))));
  }

  private Subject network(JsonObject model) {
    for (String part : List.of("backbone", "decode_head")) {
      if (!isThere(model, part)) {
        throw new InlayException("the 'model' of the metadata's 'config' has no " + part);
      }
    }
    int classes = classes(model);
    Features image = Features.of(Inputs.of(file, graph).get(0), classes);
    Features maps = backbone(model.getAsJsonObject("backbone"), image, "backbone.");
    if (isThere(model, "neck")) {
      JsonObject neck = model.getAsJsonObject("neck");
      ReferenceOptions options = new ReferenceOptions(neck);
      maps = describe(references.get(type(neck)), options, maps, "neck.").features();
    }
    if (isThere(model, "auxiliary_head")) {
      auxiliaries(model.get("auxiliary_head"), maps);
    }
    Stages.Made made = head(model.get("decode_head"), maps, "decode_head.");
    made.features().sides().forEach((name, side) -> sides.put(name, side.output()));
    Map<Integer, Tensor> outputs = Outputs.ofNetwork(file, made, sides);
    Outputs.require(file, outputs);
    return subject(outputs, sliding(model));
  }

  /** The maps that the reference's backbone hands on. */
  private Features backbone(JsonObject json, Features image, String prefix) {
    ReferenceOptions options = new ReferenceOptions(json);
    List<Integer> handedOn = options.numbers("out_indices");
    options.put("out_indices", "");
    String type = prefix.isEmpty() ? configuration.get("type").getAsString() : type(json);
    Features made = describe(references.get(type), options, image, prefix).features();
    return handedOn.isEmpty() ? made : chosen(made, handedOn);
  }

  private void auxiliaries(JsonElement heads, Features maps) {
    if (heads.isJsonObject()) {
      auxiliary(heads.getAsJsonObject(), maps, "auxiliary_head.", "auxiliary");
      return;
    }
    for (int i = 0; i < heads.getAsJsonArray().size(); i++) {
      JsonObject head = heads.getAsJsonArray().get(i).getAsJsonObject();
      auxiliary(head, maps, "auxiliary_head." + i + ".", "auxiliary-" + (i + 1));
    }
  }

  private void auxiliary(JsonObject head, Features maps, String prefix, String side) {
    ReferenceOptions options = new ReferenceOptions(head);
    @Nullable Reference<?> reference =
        references.find("auxiliary " + type(head)).filter(options::fit).orElse(null);
    if (reference == null) {
      sides.put(side, logits(head(head, maps, prefix)));
      return;
    }
    int count = maps.maps().size();
    options.put("map", Integer.toString(index(options, count) - count));
    Features made = describe(reference, options, maps, prefix).features();
    sides.put(side, made.sides().values().iterator().next().output());
  }

  private static Tensor logits(Stages.Made made) {
    return Objects.requireNonNull(made.logits());
  }

  /** A head, or the two of a cascade, of which the first says what the second begins with. */
  private Stages.Made head(JsonElement json, Features maps, String prefix) {
    if (json.isJsonObject()) {
      JsonObject head = json.getAsJsonObject();
      ReferenceOptions options = new ReferenceOptions(head);
      return describe(references.get(type(head)), options, selected(options, maps), prefix);
    }
    List<JsonObject> heads = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (JsonElement each : json.getAsJsonArray()) {
      JsonObject head = each.getAsJsonObject();
      types.add(type(head));
      heads.add(head.has("kwargs") ? head.getAsJsonObject("kwargs") : head);
    }
    Reference<?> reference = references.get(String.join("+", types));
    ReferenceOptions options = new ReferenceOptions(heads.get(heads.size() - 1));
    ReferenceOptions coarse = new ReferenceOptions(heads.get(0));
    checkAlike(coarse, options);
    options.putAll("coarse", coarse);
    int count = maps.maps().size();
    int back = index(coarse, count) - index(options, count) - 1;
    options.put("map", Integer.toString(back));
    return describe(reference, options, selected(options, maps), prefix);
  }

  /** Both heads of a cascade see the same maps here, however they are joined. */
  private static void checkAlike(ReferenceOptions coarse, ReferenceOptions fine) {
    checkAlike("input_transform", "none", coarse, fine);
    if ("resize_concat".equals(fine.get("input_transform"))) {
      checkAlike("align_corners", "false", coarse, fine);
    }
  }

  private static void checkAlike(
      String name, String preset, ReferenceOptions coarse, ReferenceOptions fine) {
    String first = Objects.requireNonNullElse(coarse.get(name), preset);
    String second = Objects.requireNonNullElse(fine.get(name), preset);
    if (!first.equals(second)) {
      throw new InlayException(
          "the first head of the cascade has the option %s=%s, the second %s; here one option is"
                  .formatted(name, first, second)
              + " for both");
    }
  }

  private Stages.Made describe(
      Reference<?> reference, ReferenceOptions options, Features input, String prefix) {
    Features maps = leveled(options, input);
    int levels = maps.maps().size();
    options.put("levels", Integer.toString(levels));
    options.put("earlier", Integer.toString(levels - 1));
    Stages stages = stages(reference, options, prefix);
    String scope = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    return stages.describe(graph, maps, stage -> graph.scope(scope));
  }

  /** The levels that a neck of mmsegmentation reads; it hands on no others. */
  private static Features leveled(ReferenceOptions options, Features maps) {
    int count = maps.maps().size();
    int start = options.number("start_level", 0);
    int end = options.number("end_level", -1);
    List<Integer> levels = IntStream.range(start, end == -1 ? count : end).boxed().toList();
    return levels.size() == count ? maps : chosen(maps, levels);
  }

  private Stages stages(Reference<?> reference, ReferenceOptions options, String prefix) {
    Stages stages = Stages.parse(options.spec(reference), techniques);
    specs.add(stages.toString());
    reference.renamed().forEach((theirs, ours) -> renamed.put(prefix + theirs, prefix + ours));
    return stages;
  }

  private static Features ordered(Features maps, Reference<?> reference) {
    List<Integer> order = new ArrayList<>(reference.order());
    order.removeIf(place -> place >= maps.maps().size());
    return order.isEmpty() ? maps : chosen(maps, order);
  }

  /** The maps that a head of mmsegmentation reads; one that reads one still finds those before. */
  private static Features selected(ReferenceOptions options, Features maps) {
    int count = maps.maps().size();
    List<Integer> places = new ArrayList<>();
    if (options.isList("in_index")) {
      options.numbers("in_index").forEach(place -> places.add(place < 0 ? count + place : place));
    } else {
      for (int i = 0; i <= index(options, count); i++) {
        places.add(i);
      }
    }
    return chosen(maps, places);
  }

  private static int index(ReferenceOptions options, int count) {
    List<Integer> named = options.numbers("in_index");
    int last = named.isEmpty() ? -1 : named.get(named.size() - 1);
    return count == 1 ? 0 : last < 0 ? count + last : last;
  }

  private static Features chosen(Features maps, List<Integer> places) {
    return maps.withMaps(
        places.stream().map(maps::map).toList(), places.stream().map(maps::stride).toList());
  }

  /** How many classes the configuration names, or as many as the outputs have channels. */
  private int classes(JsonElement json) {
    Integer named = namedClasses(json);
    long[] shape = file.array("output.0").shape();
    return named != null ? named : shape.length > 1 ? (int) shape[1] : 1;
  }

  private static @Nullable Integer namedClasses(JsonElement json) {
    if (json.isJsonArray()) {
      return json.getAsJsonArray().isEmpty() ? null : namedClasses(json.getAsJsonArray().get(0));
    }
    JsonObject options = json.getAsJsonObject();
    if (isBinary(options)) {
      return 1;
    }
    for (String name : List.of("num_classes", "nclass", "num_class")) {
      if (options.has(name)) {
        return options.get(name).getAsInt();
      }
    }
    for (String name : List.of("decode_head", "heads", "kwargs")) {
      if (options.has(name)) {
        return namedClasses(options.get(name));
      }
    }
    return null;
  }

  /** Of two classes, mmsegmentation may score one only, which a threshold then tells apart. */
  private static boolean isBinary(JsonObject options) {
    return options.has("out_channels")
        && options.has("num_classes")
        && options.get("num_classes").getAsInt() == 2
        && options.get("out_channels").getAsString().equals("1");
  }

  private static boolean isThere(JsonObject model, String part) {
    return model.has(part) && !model.get(part).isJsonNull();
  }

  private static String type(JsonObject part) {
    if (!part.has("type")) {
      throw new InlayException("a part of the model names no 'type': " + part);
    }
    return part.get("type").getAsString();
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
