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

/** Which tensor is which output of a golden file. */
final class Outputs {

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

  /** A network's outputs where the file does not name them. */
  private static final String USUAL = "[\"decode_logits\", \"full_logits\"]";

  private static final Set<String> LOGITS = Set.of("decode_logits", "full_logits");

  private Outputs() {}

  /** The tensors in their order. */
  static Map<Integer, Tensor> numbered(List<Tensor> tensors) {
    Map<Integer, Tensor> numbered = new TreeMap<>();
    tensors.forEach(tensor -> numbered.put(numbered.size(), tensor));
    return numbered;
  }

  /** What a module makes, as much of it as the file has. */
  static Map<Integer, Tensor> ofPart(GoldenFile file, List<Tensor> made) {
    Map<Integer, Tensor> outputs = numbered(made);
    require(file, outputs);
    outputs.keySet().retainAll(file.outputs());
    return outputs;
  }

  /** The logits, then what else is supervised, as many as the file has. */
  static Map<Integer, Tensor> ofHead(GoldenFile file, Stages.Result made) {
    Map<Integer, Tensor> outputs = numbered(List.of(Objects.requireNonNull(made.logits())));
    made.features().sides().values().forEach(side -> outputs.put(outputs.size(), side.output()));
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
            file.name()
                + " has the output "
                + number
                + ", but the stages make only "
                + outputs.size()
                + " outputs");
      }
    }
  }

  /** Decoder logits, full logits, what else the decoder supervises, then the auxiliary heads. */
  static Map<Integer, Tensor> ofNetwork(
      GoldenFile file, Stages.Result made, Map<String, Tensor> supervised) {
    Map<Integer, Tensor> outputs = ofModel(file, made, supervised);
    List<String> names = names(file);
    for (int i = 0; i < names.size(); i++) {
      boolean logits = LOGITS.contains(names.get(i)); // which stages without a decoder don't make
      if (!logits && !outputs.containsKey(i)) {
        throw new InlayException(
            file.name() + " has the output " + names.get(i) + ", but no side output is left");
      }
    }
    return outputs;
  }

  /** The same of a model, which need not have the auxiliary heads. */
  static Map<Integer, Tensor> ofModel(
      GoldenFile file, Stages.Result made, Map<String, Tensor> supervised) {
    Map<Integer, Tensor> outputs = new TreeMap<>();
    List<String> names = names(file);
    Map<String, Tensor> sides = new LinkedHashMap<>(supervised);
    for (int i = 0; i < names.size(); i++) {
      @Nullable Tensor output = output(names.get(i), made, sides);
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
            "%s has the output %d, but its metadata's output_names name only %d: %s"
                .formatted(file.name(), number, list.size(), list));
      }
    }
    return list;
  }

  private static @Nullable Tensor output(
      String name, Stages.Result made, Map<String, Tensor> sides) {
    return switch (name) {
      case "decode_logits" -> made.logits();
      case "full_logits" -> made.fullLogits();
      default -> side(name, sides).map(sides::remove).orElse(null);
    };
  }

  private static Optional<String> side(String name, Map<String, Tensor> sides) {
    return sides.keySet().stream()
        .filter(key -> key.startsWith("auxiliary") == name.startsWith("aux"))
        .findFirst();
  }
}
