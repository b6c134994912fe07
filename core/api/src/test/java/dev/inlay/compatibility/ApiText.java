package dev.inlay.compatibility;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The api as text: one line for each type, and below it, indented, one for each of its facts and
 * members.
 *
 * <pre>
 *   interface dev.inlay.Preparation
 *     method again(): boolean; default
 * </pre>
 */
record ApiText(Map<String, Type> types) {

  static final String NULLABLE = "@Nullable ";

  /**
   * A type.
   *
   * @param kind interface, class, record, enum or annotation
   * @param flags final, abstract, sealed, provided
   * @param lines facts and members by what identifies them
   */
  record Type(String name, String kind, Set<String> flags, Map<String, Line> lines) {

    /** Whether authors write classes that implement or extend it. */
    boolean isImplementedByAuthors() {
      return switch (kind) {
        case "interface" -> !flags.contains("provided");
        case "class" -> !flags.contains("final");
        default -> false;
      };
    }

    Collection<Line> of(String what) {
      return lines.values().stream().filter(line -> line.what().equals(what)).toList();
    }
  }

  /**
   * A fact or member: {@code method conv(Tensor): Tensor; abstract}.
   *
   * @param what parameters, extends, permits, components, targets, retention, constant, field,
   *     constructor, method or element
   * @param written what stands behind it up to the flags
   * @param flags the words behind the semicolon, such as static or default
   */
  record Line(String what, String written, Set<String> flags) {

    /** What identifies it for a caller that is compiled: all but its result and nullness. */
    String key() {
      String bare = written.replace(NULLABLE, "");
      int result = bare.indexOf("): ");
      boolean method = what.equals("method") || what.equals("element");
      return what + " " + (method && result >= 0 ? bare.substring(0, result + 1) : named(bare));
    }

    boolean is(String flag) {
      return flags.contains(flag);
    }

    /** Whether it is an element of an annotation that may be left out. */
    boolean hasDefault() {
      return flags.stream().anyMatch(flag -> flag.startsWith("default is "));
    }

    private String named(String bare) {
      return what.equals("field") ? bare.replaceFirst(": .*", "") : bare;
    }

    @Override
    public String toString() {
      return what + " " + written + (flags.isEmpty() ? "" : "; " + String.join(", ", flags));
    }
  }

  static Line line(String what, String written, Collection<String> flags) {
    return new Line(what, written, new TreeSet<>(flags));
  }

  static Type type(String name, String kind, Collection<String> flags, Collection<Line> lines) {
    Map<String, Line> byKey = new TreeMap<>();
    lines.forEach(line -> byKey.put(line.key(), line));
    return new Type(name, kind, new TreeSet<>(flags), byKey);
  }

  static ApiText of(Collection<Type> all) {
    Map<String, Type> byName = new TreeMap<>();
    all.forEach(type -> byName.put(type.name(), type));
    return new ApiText(byName);
  }

  /** Reads what {@link #toString} has written; lines that begin with # are remarks. */
  static ApiText parse(String text) {
    Map<String, List<Line>> lines = new LinkedHashMap<>();
    List<Line> types = new ArrayList<>();
    for (String each : text.lines().toList()) {
      if (each.isBlank() || each.startsWith("#")) {
        continue;
      }
      Line line = parsed(each.strip());
      if (each.startsWith(" ")) {
        lines.get(types.get(types.size() - 1).written()).add(line);
      } else {
        types.add(line);
        lines.put(line.written(), new ArrayList<>());
      }
    }
    return of(
        types.stream()
            .map(t -> type(t.written(), t.what(), t.flags(), lines.get(t.written())))
            .toList());
  }

  private static Line parsed(String line) {
    int flags = line.indexOf("; ");
    String before = flags < 0 ? line : line.substring(0, flags);
    int space = before.indexOf(' ');
    return line(
        before.substring(0, space),
        before.substring(space + 1),
        flags < 0 ? List.of() : List.of(line.substring(flags + 2).split(", ", -1)));
  }

  @Override
  public String toString() {
    return types.values().stream()
        .flatMap(
            type ->
                Stream.concat(
                    Stream.of(line(type.kind(), type.name(), type.flags()).toString()),
                    type.lines().values().stream().map(line -> "  " + line)))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
