package dev.inlay.pytorch;

import dev.inlay.pickle.Dict;
import dev.inlay.pickle.StoredTensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dictionary of a checkpoint that holds a network's tensors.
 *
 * @param place its keys from the top, joined by dots; empty if it is the whole checkpoint
 * @param prefix the prefix that was removed from all names, {@code module.} or empty
 * @param dict the dictionary itself
 * @param tensors its tensors by name, without the prefix
 * @param set which of two sets of weights it is; null if the checkpoint has no average
 */
record StateDict(
    String place,
    String prefix,
    Dict dict,
    Map<String, StoredTensor> tensors,
    @Nullable WeightSet set) {

  StateDict with(WeightSet taken) {
    return new StateDict(place, prefix, dict, tensors, taken);
  }
}
