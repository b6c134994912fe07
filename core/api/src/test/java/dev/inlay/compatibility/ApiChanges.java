package dev.inlay.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What differs between a recorded api and another one, by the rules of the Java Language
 * Specification, chapter 13, and by who implements an interface: authors or Inlay.
 *
 * @param breaks what a plugin that was built with the recorded api could stumble over: the type,
 *     the change, its consequence, the way out
 * @param additions what is new, or differs without harm
 */
record ApiChanges(List<String> breaks, List<String> additions) {

  static ApiChanges between(ApiText recorded, ApiText now) {
    ApiChanges changes = new ApiChanges(new ArrayList<>(), new ArrayList<>());
    recorded
        .types()
        .forEach(
            (name, type) -> {
              ApiText.Type same = now.types().get(name);
              if (same == null) {
                changes.broken(
                    name,
                    "the %s is gone".formatted(type.kind()),
                    "a jar that uses it fails with NoClassDefFoundError",
                    "keep it and deprecate it");
              } else {
                changes.compare(type, same);
              }
            });
    now.types()
        .forEach(
            (name, type) -> {
              if (!recorded.types().containsKey(name)) {
                changes.additions.add("%s %s".formatted(type.kind(), name));
              }
            });
    return changes;
  }

  private void broken(String type, String change, String consequence, String wayOut) {
    breaks.add("%s: %s; %s. Way out: %s.".formatted(type, change, consequence, wayOut));
  }

  private void compare(ApiText.Type before, ApiText.Type now) {
    if (!before.kind().equals(now.kind())) {
      broken(
          before.name(),
          "the %s became a %s".formatted(before.kind(), now.kind()),
          "a jar that uses it fails with IncompatibleClassChangeError",
          "give the new type another name");
      return;
    }
    Set<String> added = new TreeSet<>(now.flags());
    added.removeAll(before.flags());
    for (String flag : added) {
      broken(
          before.name(),
          "it became %s".formatted(flag),
          "an author's class that extends or implements it fails",
          "leave it as it was");
    }
    if (!now.flags().containsAll(before.flags())) {
      Set<String> gone = new TreeSet<>(before.flags());
      gone.removeAll(now.flags());
      additions.add("%s: no longer %s".formatted(before.name(), String.join(", ", gone)));
    }
    before
        .lines()
        .forEach(
            (key, line) -> {
              ApiText.Line same = now.lines().get(key);
              if (same == null) {
                gone(before, line);
              } else {
                compare(before, line, same);
              }
            });
    now.lines()
        .forEach(
            (key, line) -> {
              if (!before.lines().containsKey(key)) {
                added(before, now, line);
              }
            });
  }

  private void gone(ApiText.Type type, ApiText.Line line) {
    Map<String, String> consequences =
        Map.of(
            "method", "a jar that calls it fails with NoSuchMethodError",
            "constructor", "a jar that calls it fails with NoSuchMethodError",
            "field", "a jar that reads it fails with NoSuchFieldError",
            "constant", "a jar that reads it fails with NoSuchFieldError",
            "element", "a jar that sets it no longer compiles, and its value is not read",
            "components", "a jar that makes the record fails with NoSuchMethodError",
            "permits", "a switch over its subtypes is no longer whole",
            "targets", "an annotation of an author stands where it may not",
            "retention", "the annotations of authors are no longer read");
    broken(
        type.name(),
        "'%s' is gone or changed".formatted(line),
        consequences.getOrDefault(line.what(), "a jar that relies on it fails or does not compile"),
        line.what().equals("components")
            ? "leave the components as they are and put what is new beside the record"
            : "keep it as it was, deprecated if need be, and put the new one beside it");
  }

  private void compare(ApiText.Type type, ApiText.Line before, ApiText.Line now) {
    if (!before.written().equals(now.written())) {
      gone(type, before);
      return;
    }
    boolean field = before.what().equals("field");
    for (String flag : union(before.flags(), now.flags())) {
      boolean was = before.flags().contains(flag);
      boolean is = now.flags().contains(flag);
      if (was == is || flag.startsWith("default is ")) {
        continue;
      }
      boolean harmless =
          switch (flag) {
            case "abstract" -> was || !type.isImplementedByAuthors();
            case "default" -> is || !type.isImplementedByAuthors() || now.is("abstract");
            case "final" -> was && !field;
            case "protected" -> was;
            default -> false; // static, throws
          };
      if (!harmless) {
        broken(
            type.name(),
            "'%s' became '%s'".formatted(before, now),
            flag.equals("abstract")
                ? "a technique that lacks the method fails with AbstractMethodError"
                : "a jar that uses it fails with IncompatibleClassChangeError or does not compile",
            flag.equals("abstract") ? "keep the default" : "leave it as it was");
        return;
      }
    }
    if (before.hasDefault() && !now.hasDefault()) {
      broken(
          type.name(),
          "'%s' has lost its default".formatted(before),
          "an annotation without it fails when it is read",
          "keep the default");
    } else if (!before.flags().equals(now.flags())) {
      additions.add("%s: '%s' became '%s'".formatted(type.name(), before, now));
    }
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }

  private void added(ApiText.Type before, ApiText.Type type, ApiText.Line line) {
    boolean replaces =
        Set.of("permits", "components", "retention", "targets", "parameters").contains(line.what());
    if (replaces && before.of(line.what()).isEmpty()) {
      broken(
          type.name(),
          "'%s' is new".formatted(line),
          "a jar that uses the type fails or does not compile",
          "leave the type as it was");
    } else if (replaces) {
      return; // What it replaces is told of.
    } else if (line.is("abstract") && type.isImplementedByAuthors()) {
      broken(
          type.name(),
          "'%s' is new and abstract, and authors implement the type".formatted(line),
          "a technique that lacks it fails with AbstractMethodError",
          "give it a default, or mark the type @Provided if only Inlay implements it");
    } else if (line.what().equals("element") && !line.hasDefault()) {
      broken(
          type.name(),
          "'%s' is new and has no default".formatted(line),
          "an annotation that lacks it fails when it is read",
          "give it a default");
    } else if (line.what().equals("extends") && type.isImplementedByAuthors()) {
      broken(
          type.name(),
          "'%s' is new".formatted(line),
          "its abstract methods are missing in the classes of authors",
          "put the methods into the type, each with a default");
    } else {
      additions.add("%s: %s".formatted(type.name(), line));
    }
  }
}
