package dev.inlay.pytorch;

import dev.inlay.InlayException;
import dev.inlay.pickle.Dict;
import dev.inlay.pickle.FileErrors;
import dev.inlay.pickle.Opaque;
import dev.inlay.pickle.Scalar;
import dev.inlay.pickle.StoredTensor;
import dev.inlay.pickle.Value;
import dev.inlay.weights.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the state dict of a checkpoint. */
final class StateDictFinder {
  /** Keys under which checkpoints usually hold a state dict, the most usual first. */
  private static final List<String> USUAL =
      List.of(
          "state_dict",
          "model_state_dict",
          "model_state",
          "model",
          "net",
          "network",
          "module",
          "params",
          "weights",
          "generator",
          "student",
          "segmentor",
          "backbone",
          "encoder",
          "ema_state_dict",
          "state_dict_ema",
          "model_ema",
          "ema",
          "params_ema",
          "teacher");

  /** Keys that always mean the state dict, so that an object under them is an error. */
  private static final List<String> ALWAYS = USUAL.subList(0, 2);

  /** Parts of keys that hold training state, such as an optimizer's, and no network. */
  private static final List<String> TRAINING_STATE =
      List.of("optim", "sched", "scaler", "rng", "loss");

  private static final String WRAPPER = "module.";
  private static final String EXTRA_STATE = "_extra_state";
  private static final int MOST_ENTRIES = 100_000;
  private static final int MOST_KEYS_SHOWN = 12;

  private final FileErrors errors;

  StateDictFinder(FileErrors errors) {
    this.errors = errors;
  }

  /**
   * The state dict of a checkpoint.
   *
   * @param wanted which set of weights to take if there are two; null takes the usual one
   * @throws InlayException if there is none, or an object is in its place or in the place of one of
   *     its tensors
   */
  StateDict find(Value root, WeightSet.@Nullable Kind wanted) {
    if (!(root instanceof Dict top)) {
      throw errors.of(
          "it holds %s, not a dictionary of tensors. %s".formatted(root.kind(), wayOut()));
    }
    StateDict found = usual(top, "");
    if (found == null && top.holdsTensors()) {
      found = of("", top);
    }
    if (found == null) {
      found = deeper(top);
    }
    if (found == null) {
      found = onlyOne(top);
    }
    if (found == null) {
      throw errors.of(
          "it has no state dict: its top level holds %s. %s".formatted(listed(top), wayOut()));
    }
    return new AveragedWeights(errors, top).choose(found, wanted);
  }

  private @Nullable StateDict usual(Dict dict, String above) {
    for (String key : USUAL) {
      Value value = dict.entries().get(key);
      if (value instanceof Opaque opaque && ALWAYS.contains(key)) {
        throw errors.of(
            "its %s is an object of %s, which is not loaded. %s"
                .formatted(above + key, opaque.kind(), wayOut()));
      }
      if (value instanceof Dict inner
          && (inner.holdsTensors() || (ALWAYS.contains(key) && inner.holdsOpaque()))) {
        return of(above + key, inner);
      }
    }
    return null;
  }

  private @Nullable StateDict deeper(Dict top) {
    for (String key : USUAL) {
      if (top.entries().get(key) instanceof Dict inner) {
        StateDict found = usual(inner, key + ".");
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** The only dictionary with tensors, under any key; null if there are none or several. */
  private @Nullable StateDict onlyOne(Dict top) {
    List<Map.Entry<Object, Value>> candidates =
        top.entries().entrySet().stream()
            .filter(entry -> entry.getValue() instanceof Dict dict && dict.holdsTensors())
            .filter(entry -> !isTrainingState(entry.getKey()))
            .toList();
    return candidates.size() == 1 && candidates.get(0).getValue() instanceof Dict dict
        ? of(String.valueOf(candidates.get(0).getKey()), dict)
        : null;
  }

  private static boolean isTrainingState(Object key) {
    String lower = String.valueOf(key).toLowerCase(Locale.ROOT);
    return TRAINING_STATE.stream().anyMatch(lower::contains);
  }

  /** The tensors of a dictionary by name, without any check of its other entries. */
  static Map<String, StoredTensor> tensors(Dict dict) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    dict.entries()
        .forEach(
            (key, value) -> {
              if (key instanceof String name && value instanceof StoredTensor tensor) {
                tensors.put(name, tensor);
              }
            });
    return tensors;
  }

  private StateDict of(String place, Dict dict) {
    if (dict.entries().size() > MOST_ENTRIES) {
      throw errors.damaged(
          "its state dict has %d entries; at most %d are read."
              .formatted(dict.entries().size(), MOST_ENTRIES));
    }
    dict.entries().forEach(this::requirePlain);
    Map<String, StoredTensor> tensors = tensors(dict);
    boolean wrapped = tensors.keySet().stream().allMatch(name -> name.startsWith(WRAPPER));
    if (!wrapped) {
      return new StateDict(place, "", dict, tensors, null);
    }
    Map<String, StoredTensor> unwrapped = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> unwrapped.put(name.substring(WRAPPER.length()), tensor));
    return new StateDict(place, WRAPPER, dict, unwrapped, null);
  }

  private void requirePlain(Object key, Value value) {
    if (value instanceof StoredTensor && !(key instanceof String)) {
      throw errors.of(
          "its state dict has a tensor under %s; names are texts. %s"
              .formatted(new Scalar(key).kind(), wayOut()));
    }
    if (value instanceof Opaque opaque && !isExtraState(key)) {
      throw errors.of(
          "%s in its state dict is %s, which is not loaded: only plain tensors are. %s"
              .formatted(Text.quoted(String.valueOf(key)), opaque.kind(), wayOut()));
    }
  }

  /** Whether a key is the extra state of a module, which may be any object. */
  private static boolean isExtraState(Object key) {
    String name = String.valueOf(key);
    return name.equals(EXTRA_STATE) || name.endsWith("." + EXTRA_STATE);
  }

  private static String listed(Dict top) {
    if (top.entries().isEmpty()) {
      return "nothing";
    }
    String shown =
        top.entries().entrySet().stream()
            .limit(MOST_KEYS_SHOWN)
            .map(
                entry ->
                    Text.quoted(String.valueOf(entry.getKey()))
                        + " ("
                        + entry.getValue().kind()
                        + ")")
            .collect(Collectors.joining(", "));
    int more = top.entries().size() - MOST_KEYS_SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private static String wayOut() {
    return "Save it in Python with torch.save(model.state_dict(), path).";
  }
}
