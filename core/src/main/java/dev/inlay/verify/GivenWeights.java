package dev.inlay.verify;

import dev.inlay.compile.Assembly;
import dev.inlay.graph.Parameter;
import dev.inlay.network.HostArray;
import dev.inlay.pytorch.TensorFiles;
import dev.inlay.reference.KeyMap;
import dev.inlay.reference.Layouts;
import dev.inlay.spec.NetworkSpec;
import dev.inlay.spec.Techniques;
import dev.inlay.weights.ModelInfo;
import dev.inlay.weights.TensorFile;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of a golden file that lie in a file of their own: a checkpoint of the reference,
 * or a model that was imported from one.
 */
final class GivenWeights {

  private GivenWeights() {}

  /**
   * The file with these parameters, under the reference's keys. Counts of batches that checkpoints
   * of old do not have are 0.
   */
  static GoldenFile in(GoldenFile file, Subject subject, Path path, Techniques techniques) {
    Map<String, HostArray> state = new LinkedHashMap<>();
    try (TensorFile weights = TensorFiles.open(path)) {
      Map<String, String> keys = keys(weights, techniques);
      weights
          .tensors()
          .forEach(
              (name, tensor) ->
                  state.put(keys.getOrDefault(name, name), GoldenFile.array(weights, tensor)));
    }
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

  /** What the reference calls the parameters of a model. */
  private static Map<String, String> keys(TensorFile weights, Techniques techniques) {
    if (!ModelInfo.isModel(weights.metadata())) {
      return Map.of();
    }
    ModelInfo info = ModelInfo.of(weights);
    NetworkSpec spec = NetworkSpec.parse(info.spec(), techniques);
    KeyMap first = Layouts.of(Assembly.of(spec, info.classes().size()), techniques).get(0);
    return first.theirs();
  }
}
