package dev.inlay.pickle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A dictionary, its keys as they came. Keys other than strings and numbers are only counted. */
public final class Dict implements Value {
  private final Map<Object, Value> entries = new LinkedHashMap<>(2);
  private int otherKeys;

  void put(Value key, Value value) {
    // Only plain keys are hashed: the hash of a container may take forever, or never end.
    if (key instanceof Scalar scalar) {
      entries.put(scalar.content(), value);
    } else {
      otherKeys++;
    }
  }

  /** The values by key: a string, a number, a boolean or None. */
  public Map<Object, Value> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** How many entries were left out because their keys are neither strings nor numbers. */
  public int otherKeys() {
    return otherKeys;
  }

  /** Whether an entry's value itself is a tensor. */
  public boolean holdsTensors() {
    return entries.values().stream().anyMatch(StoredTensor.class::isInstance);
  }

  /** Whether an entry's value itself is something that is not built here. */
  public boolean holdsOpaque() {
    return entries.values().stream().anyMatch(Opaque.class::isInstance);
  }

  @Override
  public String kind() {
    return "a dictionary";
  }
}
