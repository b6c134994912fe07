package dev.inlay.verify;

import dev.inlay.graph.Parameter;
import dev.inlay.torch.HostArray;
import dev.inlay.weights.TensorFile;
import dev.inlay.weights.TensorInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of a golden file, taken from a checkpoint of the reference.
 *
 * @param file the golden file with these parameters, under the reference's keys
 * @param leftOut tensors of the checkpoint that the subject does not have, such as the classifier
 *     of a published backbone
 */
record GivenWeights(GoldenFile file, List<String> leftOut) {

  /** Takes the parameters. Batch counters, which old checkpoints lack, are 0. */
  static GivenWeights in(GoldenFile file, Subject subject, TensorFile weights) {
    Map<String, Parameter> wanted = subject.graph().parameters();
    Map<String, HostArray> state = new LinkedHashMap<>();
    Set<String> given = new HashSet<>();
    List<String> leftOut = new ArrayList<>();
    for (TensorInfo tensor : weights.tensors().values()) {
      String name = subject.rename(tensor.name());
      if (wanted.containsKey(name)) {
        state.put(tensor.name(), GoldenFile.array(weights, tensor));
        given.add(name);
      } else {
        leftOut.add(tensor.name());
      }
    }
    for (Parameter parameter : wanted.values()) {
      boolean counts = parameter.kind() == Parameter.Kind.COUNTER;
      if (counts && !given.contains(parameter.name())) {
        state.put(parameter.name(), new HostArray(new long[0], new float[1]));
      }
    }
    return new GivenWeights(file.withState(state), leftOut);
  }
}
