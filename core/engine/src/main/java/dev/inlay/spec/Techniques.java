package dev.inlay.spec;

import dev.inlay.InlayException;
import dev.inlay.Technique;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The techniques that specs can name, with their short forms and presets; it never changes. */
public final class Techniques {

  /**
   * A technique and where it came from.
   *
   * @param origin the jar's name, or "class path"
   */
  public record Entry(Technique<?> technique, String origin) {

    @Override
    public boolean equals(@Nullable Object other) {
      // A technique's own equals is foreign code.
      return other instanceof Entry entry
          && entry.technique == technique
          && entry.origin.equals(origin);
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(technique);
    }

    /** The technique's class and origin, for messages: {@code dev.inlay.aspp.Aspp of aspp.jar}. */
    @Override
    public String toString() {
      return technique.getClass().getName() + " of " + origin;
    }
  }

  /**
   * A whole network, or one stage, under a name of its own.
   *
   * @param spec what the name stands for, not yet read
   * @param entry the technique that brought it
   */
  public record Named(String name, String spec, Entry entry) {}

  private static final int MOST_PRESETS = 20;

  private final Map<String, Entry> entries;
  private final Map<String, Named> shortForms;
  private final Map<String, Named> presets;
  private final String where;

  Techniques(
      Map<String, Entry> entries,
      Map<String, Named> shortForms,
      Map<String, Named> presets,
      String where) {
    this.entries = Collections.unmodifiableMap(new TreeMap<>(entries));
    this.shortForms = Collections.unmodifiableMap(new TreeMap<>(shortForms));
    this.presets = Collections.unmodifiableMap(new TreeMap<>(presets));
    this.where = where.strip();
  }

  /** {@link #of(List, String)} without a note on the places that were searched. */
  public static Techniques of(List<Entry> entries) {
    return of(entries, "");
  }

  /**
   * All of the techniques.
   *
   * @param where sentences on the places that were searched and the jars that were refused; they
   *     end the error about an unknown name
   * @throws InlayException if a name is wrong, or two techniques, short forms or presets have one
   */
  public static Techniques of(List<Entry> entries, String where) {
    TechniquesBuilder builder = new TechniquesBuilder();
    for (Entry entry : entries) {
      builder
          .offer(entry)
          .ifPresent(
              reason -> {
                throw new InlayException(reason);
              });
    }
    return builder.build(where);
  }

  /** The techniques' own names, in order. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** The names of the techniques of one kind, each followed by its short forms. */
  List<String> names(Kind kind) {
    return usable(entry -> Kind.of(entry.technique()) == kind);
  }

  /** All techniques, in the order of their names. */
  public List<Technique<?>> all() {
    return entries.values().stream().<Technique<?>>map(Entry::technique).toList();
  }

  /** All techniques with their origins, in the order of their names. */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** The short forms by name: {@code resnet50} to {@code resnet(depth=50)}. */
  public Map<String, Named> shortForms() {
    return shortForms;
  }

  /** The presets by name, each a whole network. */
  public Map<String, Named> presets() {
    return presets;
  }

  /** Sentences on the places that were searched and the jars that were refused; may be empty. */
  public String where() {
    return where;
  }

  /** The technique of a name or short form. */
  public Optional<Technique<?>> find(String name) {
    return entry(name).map(Entry::technique);
  }

  /** The technique of a name or short form, with its origin. */
  public Optional<Entry> entry(String name) {
    Named form = shortForms.get(name);
    return Optional.ofNullable(form == null ? entries.get(name) : form.entry());
  }

  /**
   * The technique of a name or short form.
   *
   * @throws InlayException with the nearest and all names, if there is none
   */
  public Technique<?> get(String name) {
    return find(name).orElseThrow(() -> new InlayException(unknown(name)));
  }

  /** The message for an unknown name. */
  String unknown(String name) {
    List<String> all = usable(entry -> true);
    return unknown(name, all, "Techniques", Suggestions.didYouMean(name, all));
  }

  /** The message for an unknown name, where a technique of some kind must stand. */
  String unknown(String name, Kind kind) {
    List<String> names = names(kind);
    String question = Suggestions.didYouMean(name, names);
    if (question.isEmpty()) {
      List<String> all = new ArrayList<>(usable(entry -> true));
      all.addAll(presets.keySet());
      question = Suggestions.didYouMean(name, all);
    }
    return unknown(name, names, title(kind), question);
  }

  /** A sentence that names all techniques of a kind. */
  String all(Kind kind) {
    List<String> names = names(kind);
    return title(kind) + ": " + listed(names) + ".";
  }

  private static String title(Kind kind) {
    String many = kind.plural();
    return many.substring(0, 1).toUpperCase(Locale.ROOT) + many.substring(1);
  }

  private static String listed(List<String> names) {
    return names.isEmpty() ? "there are none" : String.join(", ", names);
  }

  private String unknown(String name, List<String> names, String title, String question) {
    return withWhere(
        "No technique is named '%s'.%s %s: %s."
            .formatted(Source.shown(name), question, title, listed(names)));
  }

  /** The message for an unknown word that has the form of a preset's name. */
  String unknownPreset(String name) {
    int more = presets.size() - MOST_PRESETS;
    String some = String.join(", ", presets.keySet().stream().limit(MOST_PRESETS).toList());
    String all =
        presets.isEmpty() ? "there are none" : some + (more > 0 ? " and " + more + " more" : "");
    String question = Suggestions.didYouMean(name, presets.keySet());
    return withWhere(
        "No preset is named '%s'.%s Presets: %s.".formatted(Source.shown(name), question, all));
  }

  private String withWhere(String message) {
    return where.isEmpty() ? message : message + " " + where;
  }

  /** The names that stages can have: those of techniques, each followed by its short forms. */
  private List<String> usable(Predicate<Entry> wanted) {
    List<String> usable = new ArrayList<>();
    for (Map.Entry<String, Entry> each : entries.entrySet()) {
      if (wanted.test(each.getValue())) {
        usable.add(each.getKey());
        shortForms.values().stream()
            .filter(form -> form.entry().equals(each.getValue()))
            .map(Named::name)
            .sorted(Comparator.comparingInt(String::length).thenComparing(name -> name))
            .forEach(usable::add);
      }
    }
    return usable;
  }
}
