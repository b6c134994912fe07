package dev.inlay.reference;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.inlay.InlayException;
import dev.inlay.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The options of a reference's configuration; those in nested dictionaries have names joined with
 * dots. Remembers which options were used.
 */
public final class ReferenceOptions {

  private static final Pattern NUMBER = Pattern.compile("-?\\d+");

  /** The word of a reference for an option that is null, in Python's None. */
  private static final String NONE = "none";

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> nulls = new TreeSet<>();
  private final Set<String> used = new TreeSet<>();
  private final BiPredicate<String, String> neutral;

  /**
   * Takes the options of one part.
   *
   * @param neutral whether an option with this name and value has no effect on the computation in
   *     any part of the project
   */
  public ReferenceOptions(JsonObject options, BiPredicate<String, String> neutral) {
    this.neutral = neutral;
    add("", options);
  }

  private void add(String prefix, JsonObject options) {
    options
        .asMap()
        .forEach(
            (name, value) -> {
              if (value.isJsonObject()) {
                add(prefix + name + ".", value.getAsJsonObject());
              } else if (value.isJsonNull()) {
                nulls.add(prefix + name);
              } else {
                values.put(prefix + name, text(value));
              }
            });
  }

  /** A value in the notation of specs: {@code [1, 2]}. */
  private static String text(JsonElement value) {
    return value.isJsonArray()
        ? value.getAsJsonArray().asList().stream()
            .map(ReferenceOptions::text)
            .collect(Collectors.joining(", ", "[", "]"))
        : value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  /** Adds an option that follows from other options, or from the surrounding network. */
  public void put(String name, String value) {
    values.put(name, value);
    used.add(name);
  }

  /** Adds another module's options, each with a name and a dot before its own name. */
  public void putAll(String name, ReferenceOptions other) {
    other.values.forEach((key, value) -> values.put(name + "." + key, value));
  }

  /** All options by name. */
  public Map<String, String> all() {
    return Collections.unmodifiableMap(values);
  }

  /** The value of an option; null if it is not named. */
  public @Nullable String get(String name) {
    return values.get(name);
  }

  /** The value of an integer option; {@code preset} if it is not named. */
  public int number(String name, int preset) {
    String value = values.get(name);
    return value == null ? preset : Integer.parseInt(value);
  }

  /** The numbers of an option that is a list or one number; empty if it is not named. */
  public List<Integer> numbers(String name) {
    List<Integer> numbers = new ArrayList<>();
    Matcher number = NUMBER.matcher(values.getOrDefault(name, ""));
    while (number.find()) {
      numbers.add(Integer.valueOf(number.group()));
    }
    return numbers;
  }

  /** Whether an option is named and a list. */
  public boolean isList(String name) {
    return values.getOrDefault(name, "").startsWith("[");
  }

  /**
   * Whether all options without a counterpart have the values for which Inlay computes the same.
   */
  public boolean fit(Reference reference) {
    return reference.only().entrySet().stream()
        .allMatch(only -> value(only).equals(only.getValue().must()));
  }

  private String value(Map.Entry<String, Reference.Only> only) {
    return values.getOrDefault(only.getKey(), only.getValue().preset());
  }

  /**
   * The reference's stages with these options.
   *
   * @throws InlayException if an option is missing, or has no counterpart
   */
  public String spec(Reference reference) {
    for (Map.Entry<String, Reference.Only> only : reference.only().entrySet()) {
      String must = only.getValue().must();
      if (!value(only).equals(must)) {
        throw unsupported(
            reference, only.getKey(), value(only), "supports only %s".formatted(must));
      }
      used.add(only.getKey());
    }
    String spec = new SpecTemplate(reference.stages()).filled(slot -> filled(reference, slot));
    for (Map.Entry<String, String> each : values.entrySet()) {
      if (!isKnown(each.getKey(), reference)) {
        throw unsupported(reference, each.getKey(), each.getValue(), "has no such option");
      }
    }
    return spec;
  }

  private String filled(Reference reference, SpecTemplate.Slot slot) {
    String name = slot.option();
    used.add(name);
    Map<String, String> words = reference.words().getOrDefault(name, Map.of());
    String ofNull = words.get(NONE);
    if (nulls.contains(name) && ofNull != null) {
      return ofNull;
    }
    String value = values.getOrDefault(name, slot.preset());
    if (value == null) {
      throw new InlayException(
          "The configuration of %s lacks its option %s.".formatted(reference.counterpart(), name));
    }
    if (Set.of(NONE).containsAll(words.keySet())) {
      return slot.shown(value);
    }
    String word = words.get(value);
    if (word == null) {
      throw unsupported(
          reference,
          name,
          value,
          "supports only %s".formatted(String.join(" or ", words.keySet())));
    }
    return new SpecTemplate(word).filled(inner -> filled(reference, inner));
  }

  private boolean isKnown(String name, Reference reference) {
    return used.contains(name)
        || neutral.test(name, values.getOrDefault(name, ""))
        || reference.ignored().stream()
            .anyMatch(each -> name.equals(each) || name.startsWith(each + "."));
  }

  private static InlayException unsupported(
      Reference reference, String option, String value, String rule) {
    return new InlayException(
        "The reference %s has the option %s=%s, but Inlay's '%s' %s."
            .formatted(
                reference.counterpart(),
                option,
                value,
                new SpecTemplate(reference.stages()).withoutOptions(),
                rule));
  }
}
