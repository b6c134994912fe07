package dev.inlay.reference;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.inlay.InlayException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads a configuration as mmsegmentation writes it into checkpoints: Python assignments of plain
 * values. Nothing is run.
 *
 * <pre>
 *   file  := (name '=' value)*
 *   value := text | number | None | True | False | name assigned before
 *          | '[' values ']' | '(' values ')' | '{' key ':' value, … '}' | dict(key=value, …)
 * </pre>
 */
final class PythonConfig {

  /** The deepest nesting, deeper than that of any configuration. */
  private static final int DEEPEST = 100;

  /**
   * The most values, more than any configuration has. Names of values that contain further names
   * could otherwise multiply them.
   */
  private static final int MOST_VALUES = 100_000;

  private final PythonTokens tokens;
  private final JsonObject assigned = new JsonObject();
  private int depth;
  private int values;

  private PythonConfig(String text) {
    tokens = new PythonTokens(text);
  }

  /**
   * The assigned values by name; tuples are lists.
   *
   * @throws InlayException that names the line of anything else
   */
  static JsonObject parse(String text) {
    PythonConfig config = new PythonConfig(text);
    while (!config.tokens.atEnd()) {
      String name = config.tokens.name();
      config.tokens.take("=");
      config.assigned.add(name, config.value());
    }
    return config.assigned;
  }

  private JsonElement value() {
    return inside(this::plainValue);
  }

  private JsonElement inside(Supplier<JsonElement> read) {
    if (++depth > DEEPEST) {
      throw tokens.unexpected("at most %d values inside each other".formatted(DEEPEST));
    }
    if (++values > MOST_VALUES) {
      throw tokens.unexpected("at most %d values".formatted(MOST_VALUES));
    }
    JsonElement value = read.get();
    depth--;
    return value;
  }

  private JsonElement plainValue() {
    if (tokens.isText()) {
      return new JsonPrimitive(tokens.text());
    }
    if (tokens.isNumber()) {
      return new JsonPrimitive(tokens.number());
    }
    if (tokens.skip("[")) {
      return list("]");
    }
    if (tokens.skip("(")) {
      return tuple();
    }
    if (tokens.skip("{")) {
      return dictionary("}", ":", this::key);
    }
    String name = tokens.name();
    if (name.equals("dict") && tokens.skip("(")) {
      return dictionary(")", "=", tokens::name);
    }
    return named(name);
  }

  private JsonElement named(String name) {
    Map<String, JsonElement> constants =
        Map.of(
            "None", JsonNull.INSTANCE,
            "True", new JsonPrimitive(true),
            "False", new JsonPrimitive(false));
    JsonElement known = constants.getOrDefault(name, assigned.get(name));
    if (known == null) {
      throw tokens.unexpected("a plain value or a name assigned before, not %s".formatted(name));
    }
    return copy(known);
  }

  /** Copies a value; the copy counts as if it were written out. */
  private JsonElement copy(JsonElement known) {
    if (known.isJsonArray()) {
      JsonArray list = new JsonArray();
      known.getAsJsonArray().forEach(each -> list.add(inside(() -> copy(each))));
      return list;
    }
    if (known.isJsonObject()) {
      JsonObject dictionary = new JsonObject();
      known
          .getAsJsonObject()
          .asMap()
          .forEach((key, each) -> dictionary.add(key, inside(() -> copy(each))));
      return dictionary;
    }
    return known;
  }

  private String key() {
    JsonElement key = value();
    return key.isJsonPrimitive() ? key.getAsString() : key.toString();
  }

  private JsonArray list(String end) {
    JsonArray list = new JsonArray();
    while (!tokens.skip(end)) {
      list.add(value());
      if (!tokens.skip(",")) {
        tokens.take(end);
        break;
      }
    }
    return list;
  }

  /** A tuple, or the value in parentheses if there is no comma. */
  private JsonElement tuple() {
    JsonArray list = new JsonArray();
    boolean comma = true;
    while (!tokens.skip(")")) {
      list.add(value());
      comma = tokens.skip(",");
      if (!comma) {
        tokens.take(")");
        break;
      }
    }
    return list.size() == 1 && !comma ? list.get(0) : list;
  }

  private JsonObject dictionary(String end, String between, Supplier<String> readKey) {
    JsonObject dictionary = new JsonObject();
    while (!tokens.skip(end)) {
      String key = readKey.get();
      tokens.take(between);
      dictionary.add(key, value());
      if (!tokens.skip(",")) {
        tokens.take(end);
        break;
      }
    }
    return dictionary;
  }
}
