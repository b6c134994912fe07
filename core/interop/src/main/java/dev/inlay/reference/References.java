package dev.inlay.reference;

import dev.inlay.InlayException;
import dev.inlay.Reference;
import dev.inlay.Technique;
import dev.inlay.spec.Suggestions;
import dev.inlay.spec.Techniques;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All references of all techniques, by what they are called. */
public final class References {

  private final Map<String, Reference<?>> byType = new TreeMap<>();
  private final String wayOut;

  private References(Techniques techniques, String wayOut) {
    this.wayOut = wayOut;
    for (Technique<?> technique : techniques.all()) {
      technique.references().forEach(each -> byType.putIfAbsent(each.type(), each));
    }
  }

  /**
   * All references.
   *
   * @param wayOut a sentence on what whoever asked can do about a reference that is not there
   */
  public static References of(Techniques techniques, String wayOut) {
    return new References(techniques, wayOut);
  }

  Optional<Reference<?>> find(String type) {
    return Optional.ofNullable(byType.get(type));
  }

  /** The reference of this type; the message of the error names those there are. */
  public Reference<?> get(String type) {
    return find(type).orElseThrow(() -> unknown(type));
  }

  /** Modules in source files are listed only beside one of their kind. */
  private InlayException unknown(String type) {
    String known =
        byType.keySet().stream()
            .filter(each -> each.indexOf(' ') < 0 && each.contains(".") == type.contains("."))
            .collect(Collectors.joining(", "));
    return new InlayException(
        "no technique here says how it compares with the reference '"
            + type
            + "'."
            + Suggestions.didYouMean(type, byType.keySet())
            + " Known are: "
            + known
            + ". "
            + wayOut);
  }
}
