package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.guard.Guard;
import dev.inlay.spec.Techniques.Entry;
import dev.inlay.spec.Techniques.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
  private static final String SHORT_FORM = "short form";
  private static final String PRESET_WORD = "preset";
  private static final String NAME_RULE =
      "; a name is lower-case letters and digits, in parts joined by hyphens.";
  private static final String PRESET_RULE =
      "; a preset's name is lower-case letters and digits, in parts joined by -, _ or a dot.";

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Named> shortForms = new LinkedHashMap<>();
  private final Map<String, Named> presets = new LinkedHashMap<>();
  private final Map<String, String> claims = new LinkedHashMap<>();

  /**
   * Adds all techniques by their own names, then their short forms and presets, in this order.
   * Nothing takes the name of a technique away, and a short form or preset whose name is taken or
   * wrong is left out alone.
   *
   * @return what was not added, each with the reason
   */
  public List<String> offerAll(List<Entry> all) {
    List<String> leftOut = new ArrayList<>();
    Map<Entry, TechniqueFile> files = new LinkedHashMap<>();
    for (Entry entry : all) {
      try {
        TechniqueFile file = file(entry);
        Optional<String> conflict = offer(entry, TechniqueFile.EMPTY);
        conflict.ifPresentOrElse(leftOut::add, () -> files.put(entry, file));
      } catch (InlayException e) {
        leftOut.add(unreadable(entry, e));
      }
    }
    files.forEach(
        (entry, file) -> {
          leftOut.addAll(addFree(file.shortForms(), shortForms, SHORT_FORM, entry));
          leftOut.addAll(addFree(file.presets(), presets, PRESET_WORD, entry));
        });
    return leftOut;
  }

  private static TechniqueFile file(Entry entry) {
    return Guard.call(entry.technique(), () -> Metadata.of(entry.technique()).file());
  }

  private static String unreadable(Entry entry, InlayException e) {
    return "The technique %s cannot be read: %s".formatted(entry, e.getMessage());
  }

  private List<String> addFree(
      Map<String, String> wanted, Map<String, Named> taken, String what, Entry entry) {
    List<String> leftOut = new ArrayList<>();
    wanted.forEach(
        (name, spec) -> {
          Map<String, String> claimed = new LinkedHashMap<>();
          Optional<String> conflict = claimAll(Map.of(name, spec), what, entry, claimed);
          conflict.ifPresentOrElse(
              leftOut::add,
              () -> {
                claims.putAll(claimed);
                taken.put(name, new Named(name, spec, entry));
              });
        });
    return leftOut;
  }

  /**
   * Adds a technique with its short forms and presets, or nothing of it.
   *
   * @return why it was not added; empty if it was
   */
  public Optional<String> offer(Entry entry) {
    TechniqueFile file;
    try {
      file = file(entry);
    } catch (InlayException e) {
      return Optional.of(unreadable(entry, e));
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
            .or(() -> claimAll(forms, SHORT_FORM, entry, claimed))
            .or(() -> claimAll(networks, PRESET_WORD, entry, claimed));
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
      Map<String, String> named, String what, Entry entry, Map<String, String> claimed) {
    boolean preset = what.equals(PRESET_WORD);
    Pattern pattern = preset ? PRESET : NAME;
    String rule = preset ? PRESET_RULE : NAME_RULE;
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
