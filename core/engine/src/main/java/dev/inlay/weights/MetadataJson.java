package dev.inlay.weights;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON in a model's metadata. Each reader throws an IllegalStateException or a
 * JsonParseException if the text has another form.
 */
final class MetadataJson {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private MetadataJson() {}

  static String text(Object listOrMap) {
    return GSON.toJson(listOrMap);
  }

  static List<String> strings(String text) {
    return parse(text).getAsJsonArray().asList().stream().map(MetadataJson::string).toList();
  }

  static List<Double> numbers(String text) {
    return parse(text).getAsJsonArray().asList().stream().map(MetadataJson::number).toList();
  }

  /** The members of an object as text: strings unchanged, other values as JSON. */
  static Map<String, String> facts(String text) {
    Map<String, String> facts = new LinkedHashMap<>();
    parse(text)
        .getAsJsonObject()
        .asMap()
        .forEach((name, fact) -> facts.put(name, isString(fact) ? string(fact) : fact.toString()));
    return facts;
  }

  private static String string(JsonElement element) {
    if (!isString(element)) {
      throw new IllegalStateException(element + " is no string");
    }
    return element.getAsString();
  }

  private static double number(JsonElement element) {
    if (!(element instanceof JsonPrimitive primitive && primitive.isNumber())) {
      throw new IllegalStateException(element + " is no number");
    }
    return element.getAsDouble();
  }

  private static boolean isString(JsonElement element) {
    return element instanceof JsonPrimitive primitive && primitive.isString();
  }

  private static JsonElement parse(String text) {
    JsonReader json = new JsonReader(new StringReader(text));
    json.setStrictness(Strictness.STRICT);
    return JsonParser.parseReader(json);
  }
}
