package dev.inlay.verify;

import dev.inlay.Tensor;
import dev.inlay.graph.Graph;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is compared with a golden file.
 *
 * @param spec the stages in words
 * @param graph what they compute of the inputs {@code input0}, {@code input1}, …
 * @param outputs the tensors that have a number in the file
 * @param renamed beginnings of the reference's parameter names, and what they are in the graph
 * @param sliding how the output of this number is put together of windows; null if none is
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

  /** The same with other names for parameters. */
  public Subject renaming(Map<String, String> names) {
    return new Subject(spec, graph, outputs, names, sliding);
  }

  /** What the reference calls a parameter of the graph. */
  String original(String name) {
    for (Map.Entry<String, String> each : renamed.entrySet()) {
      if (name.startsWith(each.getValue())) {
        return each.getKey() + name.substring(each.getValue().length());
      }
    }
    return name;
  }

  /** What the graph calls a parameter of the reference. */
  String rename(String key) {
    for (Map.Entry<String, String> each : renamed.entrySet()) {
      if (key.startsWith(each.getKey())) {
        return each.getValue() + key.substring(each.getKey().length());
      }
    }
    return key;
  }
}
