package dev.inlay.pytorch;

import dev.inlay.InlayException;
import dev.inlay.pickle.Dict;
import dev.inlay.pickle.FileErrors;
import dev.inlay.pickle.StoredTensor;
import dev.inlay.pickle.Value;
import dev.inlay.pytorch.WeightSet.Kind;
import dev.inlay.weights.Text;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the moving average of a network's weights from the weights themselves in a checkpoint that
 * has both. By default the set is taken that the checkpoint's own project loads for inference: the
 * one under the usual key.
 *
 * <p>Most projects save the average under a key of its own: timm {@code state_dict_ema} beside
 * {@code state_dict}, others {@code model_ema} beside {@code model}, or names that begin with
 * {@code ema_model.}. Two swap the sets when they save, so that the average is under {@code
 * state_dict}: mmengine's EMAHook, whose other set is {@code ema_state_dict} with names after
 * {@code module.} and a counter {@code steps}, and Lightning's WeightAveraging, whose other set is
 * {@code current_model_state}. {@link BufferedAverage} is a third way.
 */
final class AveragedWeights {

  private static final Pattern AVERAGED = Pattern.compile("(^|[^a-z])(ema|averaged?)([^a-z]|$)");
  private static final String MMENGINE = "ema_state_dict";
  private static final String MMENGINE_COUNTER = "steps";
  private static final String LIGHTNING = "current_model_state";
  private static final String WRAPPER = "module.";

  /** Keys below which an averaged model keeps its state dict. */
  private static final List<String> INNER = List.of("state_dict", "module", "model");

  private final FileErrors errors;
  private final Dict top;

  /** Dictionaries that are no second set; none is compared twice, however many keys share it. */
  private final Set<Dict> others = Collections.newSetFromMap(new IdentityHashMap<>());

  AveragedWeights(FileErrors errors, Dict top) {
    this.errors = errors;
    this.top = top;
  }

  /** Another set of weights, by its place. */
  private record Other(String place, Dict dict) {}

  /**
   * The wanted set of weights.
   *
   * @param usual the state dict under the usual key
   * @param wanted the set to take; null takes the usual one
   * @throws InlayException if the checkpoint does not have the wanted set
   */
  StateDict choose(StateDict usual, @Nullable Kind wanted) {
    Other other = other(usual);
    if (other != null) {
      Kind kind = kind(other);
      return wanted == null || wanted == kind
          ? usual.with(new WeightSet(kind, usual.place(), Optional.of(other.place)))
          : new StateDict(
              other.place,
              "",
              other.dict,
              unwrapped(StateDictFinder.tensors(other.dict)),
              new WeightSet(kind.opposite(), other.place, Optional.of(usual.place())));
    }
    String begin = averagedBegin(usual.tensors());
    if (begin != null) {
      return apart(usual, begin, wanted == null ? Kind.RAW : wanted);
    }
    BufferedAverage buffered = BufferedAverage.of(usual);
    if (buffered != null) {
      return buffered.choose(top, wanted, errors);
    }
    Kind only = isAveraged(usual.place()) ? Kind.EMA : Kind.RAW;
    if (wanted != null && wanted != only) {
      throw errors.of(
          "it has no %s, which --weights %s asks for: it has one set of weights. Leave the option out."
              .formatted(
                  wanted == Kind.EMA ? "moving average of its weights" : "weights but an average",
                  wanted.name().toLowerCase(Locale.ROOT)));
    }
    return only == Kind.EMA
        ? usual.with(new WeightSet(only, usual.place(), Optional.empty()))
        : usual;
  }

  private static Kind kind(Other other) {
    boolean swapped =
        other.place.equals(LIGHTNING)
            || other.place.equals(MMENGINE) && other.dict.entries().containsKey(MMENGINE_COUNTER);
    return swapped ? Kind.EMA : Kind.RAW;
  }

  /** A second dictionary of the same tensors at the top; null if there is none. */
  private @Nullable Other other(StateDict usual) {
    for (Map.Entry<Object, Value> each : top.entries().entrySet()) {
      String key = String.valueOf(each.getKey());
      boolean named = isAveraged(key) || key.equals(LIGHTNING);
      if (named && !key.equals(usual.place()) && each.getValue() instanceof Dict dict) {
        Other found = sameNames(new Other(key, dict), usual);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private @Nullable Other sameNames(Other candidate, StateDict usual) {
    if (isSame(candidate.dict, usual)) {
      return candidate;
    }
    for (String inner : INNER) {
      if (candidate.dict.entries().get(inner) instanceof Dict dict && isSame(dict, usual)) {
        return new Other(candidate.place + "." + inner, dict);
      }
    }
    return null;
  }

  /** Whether a dictionary has most tensors of the other, which a damaged or partial one has not. */
  private boolean isSame(Dict dict, StateDict usual) {
    if (dict == usual.dict() || !dict.holdsTensors() || !others.add(dict)) {
      return false;
    }
    long same =
        dict.entries().entrySet().stream()
            .filter(each -> each.getValue() instanceof StoredTensor)
            .map(each -> unwrapped(String.valueOf(each.getKey())))
            .filter(usual.tensors()::containsKey)
            .count();
    return 2 * same > usual.tensors().size();
  }

  private static boolean isAveraged(String key) {
    return AVERAGED.matcher(key.toLowerCase(Locale.ROOT)).find();
  }

  private static String unwrapped(String name) {
    return name.startsWith(WRAPPER) ? name.substring(WRAPPER.length()) : name;
  }

  private static Map<String, StoredTensor> unwrapped(Map<String, StoredTensor> tensors) {
    Map<String, StoredTensor> unwrapped = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> unwrapped.put(unwrapped(name), tensor));
    return unwrapped;
  }

  /**
   * The first component of names, such as {@code ema_model.}, whose other components are most of
   * those of the other names; null if there is none.
   */
  private static @Nullable String averagedBegin(Map<String, StoredTensor> tensors) {
    Map<String, Set<String>> rests = new TreeMap<>();
    Set<String> others = new HashSet<>();
    for (String name : tensors.keySet()) {
      String begin = name.substring(0, name.indexOf('.') + 1);
      if (!begin.isEmpty() && isAveraged(begin)) {
        rests
            .computeIfAbsent(begin, each -> new HashSet<>())
            .add(unwrapped(name.substring(begin.length())));
      } else {
        others.add(name);
        others.add(name.substring(begin.length()));
      }
    }
    for (Map.Entry<String, Set<String>> each : rests.entrySet()) {
      if (2 * each.getValue().stream().filter(others::contains).count() > each.getValue().size()) {
        return each.getKey();
      }
    }
    return null;
  }

  /** One of two sets that are told apart by the beginnings of their names. */
  private static StateDict apart(StateDict both, String begin, Kind wanted) {
    Map<String, StoredTensor> taken = new LinkedHashMap<>();
    both.tensors()
        .forEach(
            (name, tensor) -> {
              boolean averaged = name.startsWith(begin);
              if (averaged && wanted == Kind.EMA) {
                taken.put(unwrapped(name.substring(begin.length())), tensor);
              } else if (!averaged && wanted == Kind.RAW) {
                taken.put(name, tensor);
              }
            });
    String averaged = Text.shortened(begin) + "*";
    WeightSet set =
        wanted == Kind.EMA
            ? new WeightSet(Kind.EMA, averaged, Optional.of("the other names"))
            : new WeightSet(Kind.RAW, "the names without " + averaged, Optional.of(averaged));
    return new StateDict(both.place(), both.prefix(), both.dict(), taken, set);
  }
}
