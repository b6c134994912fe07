package dev.inlay.verify;

import dev.inlay.Tensor;
import dev.inlay.graph.Graph;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subject of a comparison with a golden file.
 *
 * @param spec the stages as a spec
 * @param graph the graph of the stages on the inputs {@code input0}, {@code input1}, …
 * @param outputs the tensors, by their numbers in the file
 * @param renamed prefixes of the reference's keys with other names in the graph, and their prefixes
 *     in the graph
 * @param sliding the sliding-window inference of one output; null if there is none
 */
public record Subject(
    String spec,
    Graph graph,
    Map<Integer, Tensor> outputs,
    Map<String, String> renamed,
    @Nullable Sliding sliding) {

  public Subject {
    outputs = new LinkedHashMap<>(outputs);
    renamed = new LinkedHashMap<>(renamed);
  }

  /** A copy with other prefixes for parameters. */
  public Subject renaming(Map<String, String> names) {
    return new Subject(spec, graph, outputs, names, sliding);
  }

  /** The reference's key of a parameter of the graph. */
  String original(String name) {
    for (Map.Entry<String, String> each : renamed.entrySet()) {
      if (name.startsWith(each.getValue())) {
        return each.getKey() + name.substring(each.getValue().length());
      }
    }
    return name;
  }

  /** The graph's name of a parameter of the reference. */
  String rename(String key) {
    for (Map.Entry<String, String> each : renamed.entrySet()) {
      if (key.startsWith(each.getKey())) {
        return each.getValue() + key.substring(each.getKey().length());
      }
    }
    return key;
  }
}
