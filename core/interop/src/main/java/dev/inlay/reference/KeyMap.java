package dev.inlay.reference;

import dev.inlay.assemble.Assembly;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of a network's parameters in a reference's state dict.
 *
 * @param names the naming scheme, such as {@code mmsegmentation}
 * @param byParameter the reference's key of each parameter, by the parameter's name
 */
public record KeyMap(String names, Map<String, String> byParameter) {

  /**
   * The prefixes of one stage's parameters in the reference's state dict.
   *
   * @param prefix the prefix of the keys
   * @param renamed the prefixes, after {@code prefix}, of keys with other names in the stage, and
   *     their prefixes in the stage
   */
  record Place(String prefix, Map<String, String> renamed) {

    /** The reference's key of a parameter of the stage; the longest matching prefix counts. */
    String key(String parameter) {
      String matched = "";
      String replacement = "";
      for (Map.Entry<String, String> each : renamed.entrySet()) {
        String start = each.getValue();
        boolean longer = start.length() > matched.length() || replacement.isEmpty();
        if (parameter.startsWith(start) && longer) {
          matched = start;
          replacement = each.getKey();
        }
      }
      return prefix + replacement + parameter.substring(matched.length());
    }
  }

  public KeyMap {
    byParameter = Collections.unmodifiableMap(new LinkedHashMap<>(byParameter));
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
    for (String parameter : assembly.graph().parameters().keySet()) {
      int dot = parameter.indexOf('.');
      String stage = parameter.substring(0, dot);
      Place place = places.getOrDefault(stage, new Place(stage + ".", Map.of()));
      keys.put(parameter, place.key(parameter.substring(dot + 1)));
    }
    return new KeyMap(names, keys);
  }
}
