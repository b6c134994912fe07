package dev.inlay.reference;

import dev.inlay.assemble.Assembly;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of a network's parameters in a reference's state dict.
 *
 * @param names the naming scheme, such as {@code mmsegmentation}
 * @param byParameter the reference's key of each parameter, by the parameter's name
 * @param copies the further keys of parameters that the reference stores more than once, as those
 *     of a layer that two of its modules share
 */
public record KeyMap(
    String names, Map<String, String> byParameter, Map<String, List<String>> copies) {

  /**
   * The prefixes of one stage's parameters in the reference's state dict.
   *
   * @param prefix the prefix of the keys
   * @param renamed the prefixes, after {@code prefix}, of keys with other names in the stage, and
   *     their prefixes in the stage
   */
  record Place(String prefix, Map<String, String> renamed) {

    /**
     * The reference's keys of a parameter of the stage; the longest matching prefix counts. The
     * first is the main one.
     */
    List<String> keys(String parameter) {
      int matched = 0;
      List<String> found = new ArrayList<>();
      for (Map.Entry<String, String> each : renamed.entrySet()) {
        String start = each.getValue();
        if (parameter.startsWith(start) && start.length() >= matched) {
          if (start.length() > matched) {
            found.clear();
          }
          matched = start.length();
          found.add(prefix + each.getKey() + parameter.substring(matched));
        }
      }
      return found.isEmpty() ? List.of(prefix + parameter) : found;
    }
  }

  public KeyMap {
    byParameter = Collections.unmodifiableMap(new LinkedHashMap<>(byParameter));
    copies = Map.copyOf(copies);
  }

  /** The reference's keys of a parameter, the main one first; its own name without a reference. */
  List<String> all(String parameter) {
    List<String> keys = new ArrayList<>();
    keys.add(byParameter.getOrDefault(parameter, parameter));
    keys.addAll(copies.getOrDefault(parameter, List.of()));
    return keys;
  }

  /** The keys of a network whose stages are those of a reference's parts, in their order. */
  static KeyMap of(String names, Assembly assembly, List<DescribedPart> parts) {
    Map<String, Place> places = new LinkedHashMap<>();
    int stage = 0;
    for (DescribedPart part : parts) {
      for (int i = 0; i < part.stages().size(); i++) {
        String name = assembly.stages().get(stage++).name();
        places.put(name, new Place(part.prefix(), part.renamed()));
      }
    }
    return of(names, assembly, places);
  }

  /** The keys of a network, from the prefixes of its stages. */
  static KeyMap of(String names, Assembly assembly, Map<String, Place> places) {
    Map<String, String> keys = new LinkedHashMap<>();
    Map<String, List<String>> copies = new LinkedHashMap<>();
    for (String parameter : assembly.graph().parameters().keySet()) {
      int dot = parameter.indexOf('.');
      String stage = parameter.substring(0, dot);
      Place place = places.getOrDefault(stage, new Place(stage + ".", Map.of()));
      List<String> all = place.keys(parameter.substring(dot + 1));
      keys.put(parameter, all.get(0));
      if (all.size() > 1) {
        copies.put(parameter, all.subList(1, all.size()));
      }
    }
    return new KeyMap(names, keys, copies);
  }
}
