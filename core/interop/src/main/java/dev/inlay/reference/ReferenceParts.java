package dev.inlay.reference;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Reference;
import dev.inlay.graph.Graph;
import dev.inlay.spec.NetworkSpec.Stage;
import dev.inlay.spec.Techniques;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Parts of a reference, described on a graph from its configuration as techniques here. Parameters
 * stand under the reference's own keys, but for what a technique calls otherwise.
 */
public final class ReferenceParts {

  /**
   * One part.
   *
   * @param prefix what the reference's keys begin with, {@code decode_head.}
   * @param stages the techniques that make the same
   * @param renamed beginnings of the reference's keys after the prefix, and what they are here
   */
  public record Part(String prefix, List<Stage<?>> stages, Map<String, String> renamed) {

    public Part {
      stages = List.copyOf(stages);
    }
  }

  private final Graph graph;
  private final Techniques techniques;
  private final References references;
  private final List<Part> parts = new ArrayList<>();
  private final List<String> choices = new ArrayList<>();

  /**
   * No parts yet.
   *
   * @param wayOut a sentence on what to do about a part that no technique is
   */
  public ReferenceParts(Graph graph, Techniques techniques, String wayOut) {
    this.graph = graph;
    this.techniques = techniques;
    references = References.of(techniques, wayOut);
  }

  /** The parts so far, in the order in which they were described. */
  public List<Part> list() {
    return List.copyOf(parts);
  }

  /** Choices among maps that stages in one line don't have; empty where there are none. */
  List<String> choices() {
    return choices;
  }

  /** What parts can be. */
  public References references() {
    return references;
  }

  /** The maps that the reference's backbone hands on. */
  public Features backbone(String type, JsonObject json, Features image, String prefix) {
    ReferenceOptions options = new ReferenceOptions(json);
    List<Integer> handedOn = options.numbers("out_indices");
    options.put("out_indices", "");
    Features made = describe(references.get(type), options, image, prefix).features();
    int count = made.maps().size();
    if (handedOn.isEmpty()) {
      return made;
    }
    note("the backbone hands on only its maps " + handedOn, handedOn, count);
    return chosen(made, handedOn);
  }

  /** What the reference's neck makes of maps. */
  public Features neck(JsonObject json, Features maps, String prefix) {
    ReferenceOptions options = new ReferenceOptions(json);
    return describe(references.get(type(json)), options, maps, prefix).features();
  }

  /** A head beside the line of stages, which may choose among maps as it likes. */
  Stages.Made aside(JsonElement json, Features maps, String prefix) {
    int before = choices.size();
    Stages.Made made = head(json, maps, prefix);
    choices.subList(before, choices.size()).clear();
    return made;
  }

  /** A head, or the two of a cascade, of which the first says what the second begins with. */
  public Stages.Made head(JsonElement json, Features maps, String prefix) {
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

  /** What stages with the reference's options make of maps. */
  public Stages.Made describe(
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
  private Features leveled(ReferenceOptions options, Features maps) {
    int count = maps.maps().size();
    int start = options.number("start_level", 0);
    int end = options.number("end_level", -1);
    boolean all = start == 0 && end == -1;
    if (!all && (start < 0 || start >= count || end < -1 || end > count)) {
      throw new InlayException(
          "the neck reads the maps from start_level=%d to end_level=%d, but there are %d"
              .formatted(start, end, count));
    }
    List<Integer> levels = IntStream.range(start, end == -1 ? count : end).boxed().toList();
    note("a neck reads only the maps " + levels, levels, count);
    return levels.size() == count ? maps : chosen(maps, levels);
  }

  /** The stages with the reference's options, as one more part. */
  public Stages stages(Reference<?> reference, ReferenceOptions options, String prefix) {
    Stages stages = Stages.parse(options.spec(reference), techniques);
    parts.add(new Part(prefix, stages.list(), reference.renamed()));
    return stages;
  }

  /** The maps that a head of mmsegmentation reads; one that reads one still finds those before. */
  public Features selected(ReferenceOptions options, Features maps) {
    int count = maps.maps().size();
    List<Integer> places = new ArrayList<>();
    if (options.isList("in_index")) {
      options.numbers("in_index").forEach(place -> places.add(place < 0 ? count + place : place));
    } else {
      for (int i = 0; i <= index(options, count); i++) {
        places.add(i);
      }
    }
    note("a head reads only the maps " + places, places, count);
    return chosen(maps, places);
  }

  /** Stages in one line see all maps from one on, to the last. */
  private void note(String choice, List<Integer> places, int count) {
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i) != count - places.size() + i) {
        choices.add(choice + " of " + count);
        return;
      }
    }
  }

  static int index(ReferenceOptions options, int count) {
    List<Integer> named = options.numbers("in_index");
    int last = named.isEmpty() ? -1 : named.get(named.size() - 1);
    int index = count == 1 ? 0 : last < 0 ? count + last : last;
    if (index < 0 || index >= count) {
      throw new InlayException(
          "a head reads the map in_index=%d, but there are %d".formatted(last, count));
    }
    return index;
  }

  /** The maps at some places, in that order. */
  public static Features chosen(Features maps, List<Integer> places) {
    return maps.withMaps(
        places.stream().map(maps::map).toList(), places.stream().map(maps::stride).toList());
  }

  /** What a part of a configuration says it is. */
  public static String type(JsonObject part) {
    if (!part.has("type")) {
      throw new InlayException("a part of the model names no 'type': " + part);
    }
    return part.get("type").getAsString();
  }
}
