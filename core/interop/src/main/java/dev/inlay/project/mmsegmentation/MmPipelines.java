package dev.inlay.project.mmsegmentation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps by which a configuration prepares an image for a test, in versions 0 and 1. */
final class MmPipelines {

  /** The places of the pipeline; the first that a configuration has is the one that is used. */
  private static final List<List<String>> PLACES =
      List.of(
          List.of("test_dataloader", "dataset", "pipeline"),
          List.of("data", "test", "pipeline"),
          List.of("test_pipeline"));

  private static final int DEEPEST = 8;

  private MmPipelines() {}

  /** The steps of the test's pipeline, those within other steps after these; empty if unknown. */
  static List<JsonObject> test(JsonObject configuration) {
    for (List<String> place : PLACES) {
      Optional<JsonElement> found = at(configuration, place);
      if (found.isPresent() && found.get().isJsonArray()) {
        List<JsonObject> steps = new ArrayList<>();
        add(found.get().getAsJsonArray(), steps, 0);
        return steps;
      }
    }
    return List.of();
  }

  private static void add(JsonArray list, List<JsonObject> steps, int depth) {
    for (JsonElement each : list) {
      if (each.isJsonObject()) {
        JsonObject step = each.getAsJsonObject();
        steps.add(step);
        if (depth < DEEPEST && isList(step.get("transforms"))) {
          add(step.getAsJsonArray("transforms"), steps, depth + 1);
        }
      } else if (each.isJsonArray() && depth < DEEPEST) {
        add(each.getAsJsonArray(), steps, depth + 1);
      }
    }
  }

  private static boolean isList(@Nullable JsonElement value) {
    return value != null && value.isJsonArray();
  }

  /** The value under keys within keys; empty if there is none. */
  static Optional<JsonElement> at(JsonObject configuration, List<String> keys) {
    JsonElement found = configuration;
    for (String key : keys) {
      found = found.isJsonObject() ? found.getAsJsonObject().get(key) : null;
      if (found == null || found.isJsonNull()) {
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }

  /** The type of a step; a text that is no step's for a step without one. */
  static String type(JsonObject step) {
    JsonElement type = step.get("type");
    return type != null && type.isJsonPrimitive() ? type.getAsString() : "a step without a type";
  }
}
