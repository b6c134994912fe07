package dev.inlay.verify;

import dev.inlay.InlayException;
import dev.inlay.Tensor;
import dev.inlay.assemble.Stages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Assigns tensors to the numbered outputs of a golden file. */
final class Outputs {

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  /** The names of a network's outputs if the file does not give them. */
  private static final String USUAL = "[\"decode_logits\", \"full_logits\"]";

  private static final Set<String> LOGITS = Set.of("decode_logits", "full_logits");

  private Outputs() {}

  /** The tensors, numbered in their order. */
  static Map<Integer, Tensor> numbered(List<Tensor> tensors) {
    Map<Integer, Tensor> numbered = new TreeMap<>();
    tensors.forEach(tensor -> numbered.put(numbered.size(), tensor));
    return numbered;
  }

  /** The outputs of a module, as many as the file has. */
  static Map<Integer, Tensor> ofPart(GoldenFile file, List<Tensor> tensors) {
    Map<Integer, Tensor> outputs = numbered(tensors);
    require(file, outputs);
    outputs.keySet().retainAll(file.outputs());
    return outputs;
  }

  /** The logits, then the side outputs, as many as the file has. */
  static Map<Integer, Tensor> ofHead(GoldenFile file, Stages.Result result) {
    Map<Integer, Tensor> outputs = numbered(List.of(Objects.requireNonNull(result.logits())));
    result.features().sides().values().forEach(side -> outputs.put(outputs.size(), side.output()));
    outputs.keySet().retainAll(file.outputs());
    require(file, outputs);
    return outputs;
  }

  /** The last maps, as many as the file has outputs. */
  static Map<Integer, Tensor> ofMaps(GoldenFile file, List<Tensor> maps) {
    int first = Math.max(0, maps.size() - file.outputs().size());
    Map<Integer, Tensor> outputs = numbered(maps.subList(first, maps.size()));
    require(file, outputs);
    return outputs;
  }

  static void require(GoldenFile file, Map<Integer, Tensor> outputs) {
    for (int number : file.outputs()) {
      if (!outputs.containsKey(number)) {
        throw new InlayException(
            "%s has the output %d, but the stages give only %d outputs."
                .formatted(file.name(), number, outputs.size()));
      }
    }
  }

  /**
   * The decoder's logits, the full logits, the decoder's side outputs, then those of auxiliary
   * heads.
   */
  static Map<Integer, Tensor> ofNetwork(
      GoldenFile file, Stages.Result result, Map<String, Tensor> supervised) {
    Map<Integer, Tensor> outputs = ofModel(file, result, supervised);
    List<String> names = names(file);
    for (int i = 0; i < names.size(); i++) {
      boolean logits = LOGITS.contains(names.get(i)); // missing without a decoder
      if (!logits && !outputs.containsKey(i)) {
        throw new InlayException(
            "%s has the output %s, but no side output is left for it."
                .formatted(file.name(), names.get(i)));
      }
    }
    return outputs;
  }

  /** The outputs of a model, which may lack the auxiliary heads. */
  static Map<Integer, Tensor> ofModel(
      GoldenFile file, Stages.Result result, Map<String, Tensor> supervised) {
    Map<Integer, Tensor> outputs = new TreeMap<>();
    List<String> names = names(file);
    Map<String, Tensor> sides = new LinkedHashMap<>(supervised);
    for (int i = 0; i < names.size(); i++) {
      @Nullable Tensor output = output(names.get(i), result, sides);
      if (output != null) {
        outputs.put(i, output);
      }
    }
    return outputs;
  }

  private static List<String> names(GoldenFile file) {
    String names = file.metadata().getOrDefault("output_names", USUAL);
    List<String> list = QUOTED.matcher(names).results().map(match -> match.group(1)).toList();
    for (int number : file.outputs()) {
      if (number >= list.size()) {
        throw new InlayException(
            "%s has the output %d, but its metadata's output_names name only %d: %s."
                .formatted(file.name(), number, list.size(), list));
      }
    }
    return list;
  }

  private static @Nullable Tensor output(
      String name, Stages.Result result, Map<String, Tensor> sides) {
    return switch (name) {
      case "decode_logits" -> result.logits();
      case "full_logits" -> result.fullLogits();
      default -> side(name, sides).map(sides::remove).orElse(null);
    };
  }

  private static Optional<String> side(String name, Map<String, Tensor> sides) {
    return sides.keySet().stream()
        .filter(key -> key.startsWith("auxiliary") == name.startsWith("aux"))
        .findFirst();
  }
}
