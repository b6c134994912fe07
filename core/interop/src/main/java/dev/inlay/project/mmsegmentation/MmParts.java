package dev.inlay.project.mmsegmentation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.inlay.Counterpart;
import dev.inlay.Features;
import dev.inlay.InlayException;
import dev.inlay.Reference;
import dev.inlay.assemble.Stages;
import dev.inlay.reference.DescribedPart;
import dev.inlay.reference.ReferenceOptions;
import dev.inlay.reference.ReferenceParts;
import dev.inlay.reference.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Describes the parts of a model of mmsegmentation, with the maps that their options select. */
final class MmParts {

  private final ReferenceParts parts;
  private final List<String> choices = new ArrayList<>();

  /**
   * Begins without parts.
   *
   * @param parts receives the described parts; empty before the call
   */
  MmParts(ReferenceParts parts) {
    this.parts = parts;
  }

  /** The parts so far, in the order in which they were described. */
  List<DescribedPart> list() {
    return parts.list();
  }

  /** Selections of maps that a sequence of stages can't express; empty if there are none. */
  List<String> choices() {
    return choices;
  }

  References references() {
    return parts.references();
  }

  /** The reference to a part by its type, in any role. */
  Reference reference(String type) {
    return references().get(MmSegmentation.NAME, type);
  }

  /** The maps that a backbone passes on. */
  Features backbone(JsonObject json, Features image, String prefix) {
    return backbone(MmOptions.type(json), json, image, prefix);
  }

  /** The maps of a backbone whose type is given apart from its options. */
  Features backbone(String type, JsonObject json, Features image, String prefix) {
    ReferenceOptions options = MmOptions.of(json);
    List<Integer> passedOn = options.numbers("out_indices");
    options.put("out_indices", "");
    Features features = describe(reference(type), options, image, prefix).features();
    int count = features.maps().size();
    if (passedOn.isEmpty()) {
      return features;
    }
    note("the backbone passes on only the maps %s".formatted(passedOn), passedOn, count);
    return ReferenceParts.chosen(features, passedOn);
  }

  /** The maps that a neck makes. */
  Features neck(JsonObject json, Features maps, String prefix) {
    return describe(reference(MmOptions.type(json)), MmOptions.of(json), maps, prefix).features();
  }

  /** A head outside the sequence of stages, which may select any maps. */
  Stages.Result aside(JsonElement json, Features maps, String prefix) {
    int before = choices.size();
    Stages.Result result = head(json, maps, prefix);
    choices.subList(before, choices.size()).clear();
    return result;
  }

  /**
   * A head, or the two heads of a cascade: the first gives the coarse logits that the second
   * refines.
   */
  Stages.Result head(JsonElement json, Features maps, String prefix) {
    if (json.isJsonObject()) {
      JsonObject head = json.getAsJsonObject();
      ReferenceOptions options = MmOptions.of(head);
      Reference reference = reference(MmOptions.type(head));
      return describe(reference, options, selected(options, maps), prefix);
    }
    List<JsonObject> heads = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (JsonElement each : json.getAsJsonArray()) {
      JsonObject head = each.getAsJsonObject();
      types.add(MmOptions.type(head));
      heads.add(head.has("kwargs") ? head.getAsJsonObject("kwargs") : head);
    }
    Reference reference =
        references().get(Counterpart.head(MmSegmentation.NAME, types.toArray(String[]::new)));
    ReferenceOptions options = MmOptions.of(heads.get(heads.size() - 1));
    ReferenceOptions coarse = MmOptions.of(heads.get(0));
    checkAlike(coarse, options);
    options.putAll("coarse", coarse);
    int count = maps.maps().size();
    int back = index(coarse, count) - index(options, count) - 1;
    options.put("map", Integer.toString(back));
    return describe(reference, options, selected(options, maps), prefix);
  }

  /**
   * Checks that both heads of a cascade join maps in the same way: Inlay has one option for both.
   */
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
          "The first head of the cascade has the option %s=%s, the second %s; Inlay has one option for both."
              .formatted(name, first, second));
    }
  }

  /** An auxiliary head, as the stage that corresponds to it. */
  Features auxiliary(Reference reference, ReferenceOptions options, Features maps, String prefix) {
    int count = maps.maps().size();
    options.put("map", Integer.toString(index(options, count) - count));
    return describe(reference, options, maps, prefix).features();
  }

  /** Describes a single part on the maps that it reads. */
  Stages.Result alone(Reference reference, ReferenceOptions options, Features maps) {
    return describe(reference, options, selected(options, maps), "");
  }

  private Stages.Result describe(
      Reference reference, ReferenceOptions options, Features maps, String prefix) {
    MmOptions.requireNorm(reference, options);
    return parts.describe(reference, options, leveled(options, maps), prefix);
  }

  /** The levels that a neck reads; it passes on no others. */
  private Features leveled(ReferenceOptions options, Features maps) {
    int count = maps.maps().size();
    int start = options.number("start_level", 0);
    int end = options.number("end_level", -1);
    boolean all = start == 0 && end == -1;
    if (!all && (start < 0 || start >= count || end < -1 || end > count)) {
      throw new InlayException(
          "The neck reads the maps from start_level=%d to end_level=%d, but there are %d maps."
              .formatted(start, end, count));
    }
    List<Integer> levels = IntStream.range(start, end == -1 ? count : end).boxed().toList();
    note("a neck reads only the maps %s".formatted(levels), levels, count);
    return levels.size() == count ? maps : ReferenceParts.chosen(maps, levels);
  }

  /** The maps that a head reads: those of a list, or all up to a single index. */
  private Features selected(ReferenceOptions options, Features maps) {
    int count = maps.maps().size();
    List<Integer> places = new ArrayList<>();
    if (options.isList("in_index")) {
      options.numbers("in_index").forEach(place -> places.add(place < 0 ? count + place : place));
    } else {
      for (int i = 0; i <= index(options, count); i++) {
        places.add(i);
      }
    }
    note("a head reads only the maps %s".formatted(places), places, count);
    return ReferenceParts.chosen(maps, places);
  }

  /**
   * Notes a selection that a sequence of stages can't express: a stage sees all maps from one on,
   * to the last.
   */
  private void note(String choice, List<Integer> places, int count) {
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i) != count - places.size() + i) {
        choices.add("%s of %d".formatted(choice, count));
        return;
      }
    }
  }

  private static int index(ReferenceOptions options, int count) {
    List<Integer> named = options.numbers("in_index");
    int last = named.isEmpty() ? -1 : named.get(named.size() - 1);
    int index = count == 1 ? 0 : last < 0 ? count + last : last;
    if (index < 0 || index >= count) {
      throw new InlayException(
          "A head reads the map in_index=%d, but there are %d maps.".formatted(last, count));
    }
    return index;
  }
}
