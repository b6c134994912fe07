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
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The options of a reference as its author wrote them, in dictionaries with dots between, and those
 * that were used.
 */
public final class ReferenceOptions {

  /** Options that mean the same wherever they stand, and nothing for what is computed. */
  private static final Set<String> COMMON =
      Set.of(
          "in_channels",
          "in_index",
          "num_classes",
          "nclass",
          "out_channels",
          "threshold",
          "dropout_ratio",
          "loss_decode",
          "norm_eval",
          "frozen_stages",
          "with_cp",
          "zero_init_residual",
          "init_cfg",
          "pretrained",
          "ignore_index",
          "sampler",
          "input",
          "inputs",
          "input_shapes",
          "norm_cfg",
          "conv_cfg",
          "act_cfg");

  private static final Pattern DOTS = Pattern.compile("\\.");

  /** Layers that a reference leaves out if their configuration is {@code None}. */
  private static final Set<String> LAYERS = Set.of("norm_cfg", "act_cfg");

  /** mmsegmentation's heads have no norm unless they name one; its backbones and necks have BN. */
  private static final Pattern WITHOUT_PRESET_NORM = Pattern.compile("[\\w+ ]+Head");

  private static final Pattern BRACES =
      Pattern.compile("\\{(\\*?)([\\w.]+)(?:=((?:\\[[^\\]]*\\]|[^}])*))?\\}");

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> used = new TreeSet<>();

  /** Takes the options of one part. */
  public ReferenceOptions(JsonObject options) {
    add("", options);
    values.remove("type");
    // Where it is not positive, mmsegmentation drops nothing.
    values.computeIfPresent(
        "dropout_ratio", (name, ratio) -> ratio.matches("-.*|0(\\.0*)?") ? "0" : ratio);
    checkNorm();
  }

  private void add(String prefix, JsonObject options) {
    options
        .asMap()
        .forEach(
            (name, value) -> {
              if (name.startsWith("loss_") && Losses.are(value)) {
                Losses.weight(value)
                    .ifPresent(weight -> values.put(prefix + name + ".loss_weight", weight));
              } else if (value.isJsonObject()) {
                add(prefix + name + ".", value.getAsJsonObject());
              } else if (!value.isJsonNull()) {
                values.put(prefix + name, text(value));
              } else if (LAYERS.contains(name)) {
                values.put(prefix + name + ".type", "None");
              }
            });
  }

  /** As a spec writes it: {@code [1, 2]}. */
  private static String text(JsonElement value) {
    return value.isJsonArray()
        ? value.getAsJsonArray().asList().stream()
            .map(ReferenceOptions::text)
            .collect(Collectors.joining(", ", "[", "]"))
        : value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  /** Adds what follows from others, or from the network around. */
  void put(String name, String value) {
    values.put(name, value);
    used.add(name);
  }

  /** Adds another module's options, each below a name. */
  void putAll(String name, ReferenceOptions other) {
    other.values.forEach((key, value) -> values.put(name + "." + key, value));
  }

  /** All options by name. */
  public Map<String, String> all() {
    return Collections.unmodifiableMap(values);
  }

  public @Nullable String get(String name) {
    return values.get(name);
  }

  /** A number among the options, or what it is where it is not named. */
  int number(String name, int preset) {
    String value = values.get(name);
    return value == null ? preset : Integer.parseInt(value);
  }

  /** The numbers of an option that is a list or one number; empty where it is not named. */
  public List<Integer> numbers(String name) {
    List<Integer> numbers = new ArrayList<>();
    Matcher number = Pattern.compile("-?\\d+").matcher(values.getOrDefault(name, ""));
    while (number.find()) {
      numbers.add(Integer.valueOf(number.group()));
    }
    return numbers;
  }

  boolean isList(String name) {
    return values.getOrDefault(name, "").startsWith("[");
  }

  /** Whether all options that have no counterpart have the values that are the same here. */
  boolean fit(Reference<?> reference) {
    return reference.only().entrySet().stream().allMatch(this::holds);
  }

  private boolean holds(Map.Entry<String, List<String>> only) {
    String preset = only.getValue().get(0);
    return values.getOrDefault(only.getKey(), preset).equals(only.getValue().get(1));
  }

  /**
   * The reference's stages with these options.
   *
   * @throws InlayException if an option is missing, or has no counterpart
   */
  String spec(Reference<?> reference) {
    if (WITHOUT_PRESET_NORM.matcher(reference.type()).matches()
        && !values.containsKey("norm_cfg.type")) {
      throw unlikeLayer("norm_cfg", "None");
    }
    for (Map.Entry<String, List<String>> only : reference.only().entrySet()) {
      if (!holds(only)) {
        String value = values.getOrDefault(only.getKey(), only.getValue().get(0));
        throw unlike(reference, only.getKey(), value, "only " + only.getValue().get(1));
      }
      used.add(only.getKey());
    }
    String spec =
        BRACES
            .matcher(reference.stages())
            .replaceAll(match -> Matcher.quoteReplacement(filled(reference, match)));
    for (Map.Entry<String, String> each : values.entrySet()) {
      if (!isKnown(each.getKey(), reference)) {
        throw unlike(reference, each.getKey(), each.getValue(), "no such option");
      }
    }
    return spec;
  }

  private String filled(Reference<?> reference, MatchResult match) {
    String name = match.group(2);
    used.add(name);
    String value = values.get(name);
    if (value == null) {
      value = match.group(3);
    }
    if (value == null) {
      throw new InlayException(
          "the configuration of " + reference.type() + " does not name its option " + name);
    }
    Map<String, String> words = reference.words().get(name);
    if (words == null) {
      boolean spread = !match.group(1).isEmpty() && value.startsWith("[");
      return spread ? value.substring(1, value.length() - 1) : value;
    }
    String word = words.get(value);
    if (word == null) {
      throw unlike(reference, name, value, "only " + String.join(" or ", words.keySet()));
    }
    return BRACES.matcher(word).replaceAll(inner -> filled(reference, inner));
  }

  private boolean isKnown(String name, Reference<?> reference) {
    return used.contains(name)
        || name.equals("input_transform") && "multiple_select".equals(values.get(name))
        || DOTS.splitAsStream(name).anyMatch(COMMON::contains)
        || reference.ignored().stream()
            .anyMatch(each -> name.equals(each) || name.startsWith(each + "."));
  }

  /** All of a network's norms are alike; only those with the usual settings are known here. */
  private void checkNorm() {
    values.forEach(
        (name, value) -> {
          boolean unknown =
              name.endsWith("norm_cfg.type") && !value.matches("(Sync|MMSync)?BN")
                  || name.endsWith("norm_cfg.eps") && Double.parseDouble(value) != 1e-5
                  || name.endsWith("conv_cfg.type") && !value.matches("Conv(2d)?")
                  || name.endsWith("act_cfg.type") && !value.equals("ReLU");
          if (unknown) {
            throw unlikeLayer(name, value);
          }
        });
  }

  private static InlayException unlikeLayer(String option, String value) {
    return new InlayException(
        "the reference has the option "
            + option
            + "="
            + value
            + ", which techniques here have not: they use plain convolutions, BN with an eps of 1e-5"
            + " and ReLU");
  }

  private static InlayException unlike(
      Reference<?> reference, String option, String value, String here) {
    return new InlayException(
        "the reference "
            + reference.type()
            + " has the option "
            + option
            + "="
            + value
            + ", which '"
            + reference.stages().replaceAll("\\(.*?\\)(?= \\||$)", "")
            + "' has not: there is "
            + here);
  }
}
