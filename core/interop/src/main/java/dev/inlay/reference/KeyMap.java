package dev.inlay.reference;

import dev.inlay.assemble.Assembly;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reference calls the parameters of a network.
 *
 * @param names whose names they are, such as mmsegmentation's
 * @param theirs the reference's key of each parameter, by the parameter's name
 */
public record KeyMap(String names, Map<String, String> theirs) {

  /**
   * Where the parameters of one stage lie in the reference's state dict.
   *
   * @param prefix what the keys begin with
   * @param renamed beginnings of the reference's keys after the prefix, and what they are here
   */
  record Place(String prefix, Map<String, String> renamed) {

    /** The reference's key of a parameter; of two beginnings that fit, the longer one counts. */
    String theirs(String key) {
      String begin = "";
      String instead = "";
      for (Map.Entry<String, String> each : renamed.entrySet()) {
        String ours = each.getValue();
        boolean longer = ours.length() > begin.length() || instead.isEmpty();
        if (key.startsWith(ours) && longer) {
          begin = ours;
          instead = each.getKey();
        }
      }
      return prefix + instead + key.substring(begin.length());
    }
  }

  public KeyMap {
    theirs = Collections.unmodifiableMap(new LinkedHashMap<>(theirs));
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

  /** The keys of a network of whose stages it is known where they lie. */
  static KeyMap of(String names, Assembly assembly, Map<String, Place> places) {
    Map<String, String> theirs = new LinkedHashMap<>();
    for (String parameter : assembly.graph().parameters().keySet()) {
      int dot = parameter.indexOf('.');
      String stage = parameter.substring(0, dot);
      Place place = places.getOrDefault(stage, new Place(stage + ".", Map.of()));
      theirs.put(parameter, place.theirs(parameter.substring(dot + 1)));
    }
    return new KeyMap(names, theirs);
  }
}
