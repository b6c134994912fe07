package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.spec.Techniques.Entry;
import dev.inlay.spec.Techniques.Named;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Collects techniques one by one. A technique that cannot be read or whose names are taken is left
 * out with the reason, and the others stay usable.
 */
public final class TechniquesBuilder {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern PRESET = Pattern.compile("[a-z][a-z0-9]*([-_.][a-z0-9]+)*");
  private static final String NAME_RULE =
      "; a name is lower-case letters and digits, in parts joined by hyphens.";
  private static final String PRESET_RULE =
      "; a preset's name is lower-case letters and digits, in parts joined by -, _ or a dot.";

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Named> shortForms = new LinkedHashMap<>();
  private final Map<String, Named> presets = new LinkedHashMap<>();
  private final Map<String, String> claims = new LinkedHashMap<>();

  /**
   * Adds a technique with its short forms and presets, or nothing of it.
   *
   * @return why it was not added; empty if it was
   */
  public Optional<String> offer(Entry entry) {
    TechniqueFile file;
    try {
      file = Metadata.of(entry.technique()).file();
    } catch (InlayException e) {
      return Optional.of("The technique %s cannot be read: %s".formatted(entry, e.getMessage()));
    }
    return offer(entry, file);
  }

  /** Adds a technique with the short forms and presets of a file. */
  Optional<String> offer(Entry entry, TechniqueFile file) {
    String name = entry.technique().name();
    if (!NAME.matcher(name).matches()) {
      return Optional.of("The technique %s is named '%s'%s".formatted(entry, name, NAME_RULE));
    }
    Map<String, String> forms = file.shortForms();
    Map<String, String> networks = file.presets();
    Map<String, String> claimed = new LinkedHashMap<>();
    Optional<String> conflict =
        claim(name, "the technique " + entry, claimed)
            .or(() -> claimAll(forms, "short form", NAME, NAME_RULE, entry, claimed))
            .or(() -> claimAll(networks, "preset", PRESET, PRESET_RULE, entry, claimed));
    if (conflict.isEmpty()) {
      claims.putAll(claimed);
      entries.put(name, entry);
      forms.forEach((form, spec) -> shortForms.put(form, new Named(form, spec, entry)));
      networks.forEach((preset, spec) -> presets.put(preset, new Named(preset, spec, entry)));
    }
    return conflict;
  }

  /**
   * All techniques that were added.
   *
   * @param where as for {@link Techniques#of(List, String)}
   */
  public Techniques build(String where) {
    return new Techniques(entries, shortForms, presets, where);
  }

  private Optional<String> claimAll(
      Map<String, String> named,
      String what,
      Pattern pattern,
      String rule,
      Entry entry,
      Map<String, String> claimed) {
    for (String name : named.keySet()) {
      if (!pattern.matcher(name).matches()) {
        return Optional.of("The technique %s has the %s '%s'%s".formatted(entry, what, name, rule));
      }
      Optional<String> conflict = claim(name, "the " + what + " of " + entry, claimed);
      if (conflict.isPresent()) {
        return conflict;
      }
    }
    return Optional.empty();
  }

  private Optional<String> claim(String name, String claimant, Map<String, String> claimed) {
    String other = claims.getOrDefault(name, claimed.get(name));
    claimed.putIfAbsent(name, claimant);
    return Optional.ofNullable(other)
        .map(o -> "Two claim the name '%s': %s, and %s; keep one.".formatted(name, o, claimant));
  }
}
