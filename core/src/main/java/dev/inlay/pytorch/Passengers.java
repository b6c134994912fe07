package dev.inlay.pytorch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What stands in a checkpoint beside its tensors: plain values as texts, the rest by name. */
final class Passengers {
  private static final int DEEPEST = 8;
  private static final int MOST_STEPS = 200_000;
  private static final int MOST_TEXTS = 10_000;
  private static final int MOST_CHARACTERS = 8 << 20;
  private static final int MOST_SKIPPED = 100;

  private final StateDict state;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<Group, List<String>> skipped = new LinkedHashMap<>();
  private int characters;
  private int steps;

  /** Things of one kind under one dictionary. */
  private record Group(String parent, String what) {}

  private Passengers(StateDict state) {
    this.state = state;
  }

  /** Looks through a checkpoint around its state dict. */
  static Passengers of(Value root, StateDict state) {
    Passengers passengers = new Passengers(state);
    state
        .dict()
        .entries()
        .forEach(
            (key, value) -> {
              if (!(value instanceof StoredTensor)) {
                passengers.skip(state.place(), key, described(value));
              }
            });
    passengers.skipOtherKeys(state.place(), state.dict());
    if (root instanceof Dict top && top != state.dict()) {
      passengers.walk("", top, 0);
    }
    return passengers;
  }

  /** The plain values outside of the state dict, by their keys joined with dots. */
  Map<String, String> texts() {
    return Collections.unmodifiableMap(texts);
  }

  /** What is neither such a value nor a tensor of the state dict, many of a kind as one. */
  List<Skipped> skipped() {
    List<Skipped> list = new ArrayList<>();
    skipped.forEach(
        (group, places) ->
            list.add(
                places.size() == 1
                    ? new Skipped(places.get(0), group.what())
                    : new Skipped(group.parent(), places.size() + " times " + group.what())));
    if (list.size() <= MOST_SKIPPED) {
      return List.copyOf(list);
    }
    List<Skipped> shown = new ArrayList<>(list.subList(0, MOST_SKIPPED));
    shown.add(new Skipped("elsewhere", "%d more".formatted(list.size() - MOST_SKIPPED)));
    return List.copyOf(shown);
  }

  // Calls itself, but no deeper than DEEPEST.
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
        if (!around && holdsTensors(inner)) {
          skip(parent, entry.getKey(), "a dictionary with tensors");
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
    PlainText.Written written = PlainText.of(value);
    String place = join(parent, key);
    int length = place.length() + written.text().length();
    if (written.obstacle() != null) {
      skip(parent, key, value.kind() + " with " + written.obstacle());
    } else if (texts.size() >= MOST_TEXTS || length > MOST_CHARACTERS - characters) {
      skip(parent, key, "more text than is kept");
    } else {
      characters += length;
      texts.put(place, written.text());
    }
  }

  private void skip(String parent, Object key, String what) {
    skipped
        .computeIfAbsent(new Group(parent, what), group -> new ArrayList<>(1))
        .add(join(parent, key));
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
    return parent.isEmpty() ? name : parent + "." + name;
  }

  /** Whether there are tensors anywhere in it, or more than is looked through. */
  private boolean holdsTensors(Dict dict) {
    Deque<Value> open = new ArrayDeque<>(List.of(dict));
    Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!open.isEmpty()) {
      Value value = open.pop();
      if (value instanceof StoredTensor || ++steps > MOST_STEPS) {
        return true;
      }
      if (value instanceof Dict inner && seen.add(inner)) {
        inner.entries().values().forEach(open::push);
      } else if (value instanceof Sequence sequence && seen.add(sequence)) {
        sequence.items().forEach(open::push);
      }
    }
    return false;
  }
}
