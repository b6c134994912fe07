package dev.inlay.pickle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A dictionary in the pickle's order. Entries with keys that are not scalars are only counted. */
public final class Dict implements Value {
  private final Map<Object, Value> entries = new LinkedHashMap<>(2);
  private int otherKeys;

  /** Counted as entries come, because many entries of a hostile pickle may share one dictionary. */
  private int tensors;

  private int opaques;

  void put(Value key, Value value) {
    // Only scalars are hashed: hashing a hostile container may never end.
    if (key instanceof Scalar scalar) {
      Value before = entries.put(scalar.content(), value);
      tensors += count(value instanceof StoredTensor) - count(before instanceof StoredTensor);
      opaques += count(value instanceof Opaque) - count(before instanceof Opaque);
    } else {
      otherKeys++;
    }
  }

  private static int count(boolean holds) {
    return holds ? 1 : 0;
  }

  /** The values by key: a string, a number, a boolean or None. */
  public Map<Object, Value> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** The number of entries that were left out because their keys are not scalars. */
  public int otherKeys() {
    return otherKeys;
  }

  /** Whether at least one value is a tensor. */
  public boolean holdsTensors() {
    return tensors > 0;
  }

  /** Whether at least one value is an object of which only the name is kept. */
  public boolean holdsOpaque() {
    return opaques > 0;
  }

  @Override
  public String kind() {
    return "a dictionary";
  }
}
