package dev.inlay.verify;

import dev.inlay.graph.Parameter;
import dev.inlay.network.HostArray;
import dev.inlay.weights.TensorFile;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The parameters of a golden file that lie in a checkpoint of the reference. */
final class GivenWeights {

  private GivenWeights() {}

  /**
   * The file with these parameters, under the reference's keys. Counts of batches that checkpoints
   * of old do not have are 0.
   */
  static GoldenFile in(GoldenFile file, Subject subject, TensorFile weights) {
    Map<String, HostArray> state = new LinkedHashMap<>();
    weights.tensors().forEach((name, tensor) -> state.put(name, GoldenFile.array(weights, tensor)));
    Set<String> given = new HashSet<>();
    state.keySet().forEach(key -> given.add(subject.rename(key)));
    for (Parameter parameter : subject.graph().parameters().values()) {
      boolean counts = parameter.kind() == Parameter.Kind.COUNTER;
      if (counts && !given.contains(parameter.name())) {
        state.put(parameter.name(), new HostArray(new long[0], new float[1]));
      }
    }
    return file.withState(state);
  }
}
