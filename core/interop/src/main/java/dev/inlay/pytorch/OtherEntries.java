package dev.inlay.pytorch;

import dev.inlay.pickle.Dict;
import dev.inlay.pickle.Scalar;
import dev.inlay.pickle.Sequence;
import dev.inlay.pickle.StoredTensor;
import dev.inlay.pickle.Value;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a checkpoint beside its tensors: plain values as text, all others by place and
 * kind.
 */
final class OtherEntries {
  private static final int DEEPEST = 8;
  private static final int MOST_STEPS = 50_000;
  private static final int MOST_SEARCHED = 4_000_000;
  private static final int MOST_TEXTS = 10_000;
  private static final int MOST_CHARACTERS = 2 << 20;
  private static final int LONGEST_JSON = 1 << 18;
  private static final int LONGEST_KEY = 200;

  private final StateDict state;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final SkippedList skipped = new SkippedList();
  private int characters;
  private int steps;
  private long searched;

  /** Searched containers without tensors; none is searched twice. */
  private final Set<Value> plain = Collections.newSetFromMap(new IdentityHashMap<>());

  /** What can't be written as text, and why; no value is tried twice. */
  private final Map<Value, String> unwritable = new IdentityHashMap<>();

  private OtherEntries(StateDict state) {
    this.state = state;
  }

  /** Collects the entries around the state dict and those in it that are not tensors. */
  static OtherEntries of(Value root, StateDict state) {
    OtherEntries entries = new OtherEntries(state);
    state
        .dict()
        .entries()
        .forEach(
            (key, value) -> {
              if (!(value instanceof StoredTensor)) {
                entries.skip(state.place(), key, described(value));
              }
            });
    entries.skipOtherKeys(state.place(), state.dict());
    if (root instanceof Dict top && top != state.dict()) {
      entries.walk("", top, 0);
    }
    return entries;
  }

  /** The plain values outside the state dict, by their keys joined with dots. */
  Map<String, String> texts() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(texts));
  }

  /**
   * The entries that are neither plain values nor tensors of the state dict; many of one kind are
   * grouped.
   */
  List<Skipped> skipped() {
    return skipped.list();
  }

  // DEEPEST bounds the recursion.
  private void walk(String parent, Dict dict, int depth) {
    for (Map.Entry<Object, Value> entry : dict.entries().entrySet()) {
      if (++steps > MOST_STEPS) {
        skip("", "elsewhere", "more than is looked through");
        return;
      }
      String place = join(parent, entry.getKey());
      Value value = entry.getValue();
      if (value instanceof Dict inner && !place.equals(state.place())) {
        boolean around = state.place().startsWith(place + ".");
        @Nullable String obstacle = around ? null : obstacle(inner);
        if (obstacle != null) {
          skip(parent, entry.getKey(), obstacle);
        } else if (depth < DEEPEST) {
          walk(place, inner, depth + 1);
        } else {
          skip(parent, entry.getKey(), "a dictionary within many others");
        }
      } else if (!place.equals(state.place())) {
        take(parent, entry.getKey(), value);
      }
    }
    skipOtherKeys(parent, dict);
  }

  private void take(String parent, Object key, Value value) {
    if (!(value instanceof Scalar || value instanceof Sequence)) {
      skip(parent, key, described(value));
      return;
    }
    String known = unwritable.get(value);
    if (known != null) {
      skip(parent, key, known);
      return;
    }
    // Discarded text counts, too: many entries may share one hostile value that is endless.
    int left = MOST_CHARACTERS - characters;
    PlainText.Rendering written = PlainText.of(value, Math.min(LONGEST_JSON, left));
    String place = join(parent, key);
    int length = place.length() + written.text().length();
    characters += Math.min(length, left);
    if (written.obstacle() != null) {
      String obstacle = value.kind() + " with " + written.obstacle();
      unwritable.put(value, obstacle);
      skip(parent, key, obstacle);
    } else if (texts.size() >= MOST_TEXTS || length > left) {
      skip(parent, key, "more text than is kept");
    } else {
      texts.put(place, written.text());
    }
  }

  private void skip(String parent, Object key, String what) {
    skipped.add(parent, join(parent, key), what);
  }

  private void skipOtherKeys(String parent, Dict dict) {
    if (dict.otherKeys() > 0) {
      skip(
          parent,
          "…",
          "%d entries whose keys are neither texts nor numbers".formatted(dict.otherKeys()));
    }
  }

  private static String described(Value value) {
    return value instanceof Dict dict && dict.holdsTensors()
        ? "a dictionary with tensors"
        : value.kind();
  }

  private static String join(String parent, Object key) {
    String name = key == Scalar.Nothing.NONE ? "None" : String.valueOf(key);
    String head = name.length() > LONGEST_KEY ? name.substring(0, LONGEST_KEY) + "…" : name;
    return parent.isEmpty() ? head : parent + "." + head;
  }

  /** The reason to skip a dictionary as a whole, or null to walk through it. */
  private @Nullable String obstacle(Dict dict) {
    Deque<Value> open = new ArrayDeque<>(List.of(dict));
    Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!open.isEmpty()) {
      Value value = open.pop();
      if (value instanceof StoredTensor) {
        return "a dictionary with tensors";
      }
      Collection<Value> items =
          value instanceof Dict inner
              ? inner.entries().values()
              : value instanceof Sequence sequence ? sequence.items() : List.of();
      if (!items.isEmpty() && !plain.contains(value) && seen.add(value)) {
        searched += items.size();
        if (searched > MOST_SEARCHED) {
          return "a dictionary of more than is looked through";
        }
        items.stream().filter(item -> !(item instanceof Scalar)).forEach(open::push);
      }
    }
    plain.addAll(seen);
    return null;
  }
}
